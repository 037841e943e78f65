"""The form that takes a decision record in Markdown."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from advice import madr

# A character is up to four bytes.
MOST_BYTES = 4 * madr.LONGEST


class ImportForm(forms.Form):
    """A record as a file or as text; once clean, `record` holds the text that is to be read."""

    use_required_attribute = False

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,text/markdown,text/plain"}),
        help_text=f"Markdown in UTF-8, up to {madr.LONGEST:,} characters.",
    )
    text = forms.CharField(
        label="Or its text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean_file(self) -> str:
        """The text of the file."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(f"The file is longer than {madr.LONGEST:,} characters.")
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError("The file is not text in UTF-8: save it so, or paste what it says.") from error
        return text

    def clean(self) -> dict[str, Any]:
        """Take the one that was given, and see whether it can be read."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text")
        if file and text and text.strip():
            raise ValidationError("Give a file or its text, not both.")
        record = self.cleaned_data["record"] = file or text or ""
        if not self.errors:
            try:
                madr.read(record)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        return self.cleaned_data
