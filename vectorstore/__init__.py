"""Items and passages in, a catalogue (the truth), derived indexes and ranked hits out."""
