"""What leaves the app: files written as a stream, and sound as WAV."""
