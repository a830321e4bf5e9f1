"""What comes in is cut off as soon as it is more than any form takes: nobody fills the disk with one request."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

_TOO_LARGE = "_veerkracht_upload_too_large"


class Limit(FileUploadHandler):
    """Stops reading after the largest document, all files of a request together."""

    def __init__(self, request: HttpRequest | None = None):
        super().__init__(request)
        self.read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.read += len(raw_data)
        if self.read > settings.DOCUMENT_LARGEST:
            setattr(self.request, _TOO_LARGE, True)
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """The file itself is made by the handlers after this one."""
        return None


def was_too_large(request: HttpRequest) -> bool:
    """Whether reading was stopped; ask after the form's data."""
    return getattr(request, _TOO_LARGE, False)
