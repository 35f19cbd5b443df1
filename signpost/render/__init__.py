"""An answer, turned into text for one kind of reader."""
