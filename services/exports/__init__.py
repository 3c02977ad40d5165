"""Files out: everything that a filter finds, streamed."""

from services.exports.streaming import FORMATS, ROWS, Stream, stream

__all__ = ["FORMATS", "ROWS", "Stream", "stream"]
