"""Notes as the standard has them, W3C Web Annotations, and as Hypothesis does."""
