"""Where questions come from and answers go to: one module per channel."""
