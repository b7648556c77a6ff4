"""Questions with their right answers in, how well they are answered out."""
