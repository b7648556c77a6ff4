"""What people say in a thread in; whether it is asked of the assistant, or said in thanks or to each other, out."""

import re

from ingest.normalize import squeeze

_END = r"[。．.！!、〜～ー…ww笑\s]*$"
_THANKS = re.compile(
    r"^(どうも|本当に|ご回答|回答|早速|わざわざ)?(ありがと(う|ございま)|有難う|有り難う|感謝|助かり(ます|ました)|サンキュー|thanks|thankyou|thx|了解|りょ$|"
    r"承知|わかりました|分かりました|なるほど|ok|オッケー|おっけー|お疲れ|おつかれ|失礼しま)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"[?？]|どこ|どの|どれ|どう|いつ|何|なに|なん(で|の)|誰|だれ|なぜ|いくら|いくつ|ですか|ますか|でしょうか|かな|教え|知りたい|調べ|一覧|リスト|"
    r"見せて|出して|挙げ|まとめ|お願い|については|(は|の方|のほう|とは)" + _END
)
_TOLD = re.compile(
    r"(です|ます|ました|でした|ません|ましょう|です[ねよ]|ます[ねよ]|ましたよ|だね|だよ|しておく|した|する)" + _END
)
_HELP = re.compile(
    r"^(help|へるぷ|ヘルプ|使い方|使いかた|つかいかた)(は|を教えて(ください)?)?[?？。]*$"
    r"|^(何|なに)(が|を)(できる|できます|聞ける|聞けます|お?尋ね)(の|か|のですか|んですか)*[?？。]*$",
    re.IGNORECASE,
)


def is_thanks(text: str) -> bool:
    """Tell whether this only thanks or says that something is understood."""
    said = squeeze(text)
    return bool(_THANKS.match(said)) and len(said) <= 30 and not _ASKED.search(said)


def is_chatter(text: str) -> bool:
    """Tell whether this is no question, nor the bare name of something: thanks, or a statement made to others."""
    said = squeeze(text)
    return is_thanks(said) or (not _ASKED.search(said) and bool(_TOLD.search(said)))


def wants_help(text: str) -> bool:
    """Tell whether somebody asks what can be asked."""
    return bool(_HELP.match(squeeze(text)))
