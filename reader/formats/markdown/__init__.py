"""What Markdown files hold besides Markdown: front matter, formulas, a vault's own signs."""
