"""What is said for English: words, figures, dates, measures, signs."""
