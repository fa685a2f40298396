"""The process that speaks: started, watched over, asked, ended."""
