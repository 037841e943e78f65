"""Manifests as they are sent: kept in memory while they are read, and nowhere afterwards."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from stacks import limits
from stacks.models import Stack

# What a browser puts around the files.
WRAPPING = 100_000
MOST_BYTES = limits.MANIFEST_BYTES + WRAPPING
# Beyond it nobody waits for the answer.
MOST_READ = 20 * MOST_BYTES
CHUNK = 65_536
NEW = ""
TOO_BIG = (
    f"More than is read here: up to {limits.MANIFESTS} files, {limits.MANIFEST_BYTES // 1_000_000} MB together, "
    "and 2 MB of pasted text. The command line reads any repository, and sends no more than names."
)
type View = Callable[..., HttpResponse]


class InMemory(MemoryFileUploadHandler):
    """Keeps files in memory, whatever their size; how much comes is bounded before."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Take part in every upload."""
        self.activated = True


def in_memory(too_big: View) -> Callable[[View], View]:
    """Have a view's uploads stay in memory; what is too big is read past and answered by `too_big`.

    The view checks the form's token itself, with `csrf_protect`: to look for it is to read the upload.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.upload_handlers = [InMemory(request)]
            return (view if _is_readable(request) else too_big)(request, *args, **kwargs)

        return answer

    return decorate


def _is_readable(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if int(length) > MOST_BYTES:
        _read_past(request)
        return False
    try:
        request.POST  # noqa: B018  # to look is to read
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return False
    return True


def _read_past(request: HttpRequest) -> None:
    """A browser hears an answer once it has sent what it wanted to."""
    read = 0
    while read < MOST_READ and (chunk := request.read(CHUNK)):
        read += len(chunk)


class ManyFiles(forms.FileInput):
    """Takes several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All of them."""
        return files.getlist(name)


class ManifestsField(forms.FileField):
    """Files; once clean, their names with what they hold."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Read them."""
        files: list[UploadedFile[bytes]] = data or []
        if len(files) > limits.MANIFESTS:
            raise ValidationError(f"Give at most {limits.MANIFESTS} files at a time: these are {len(files)}.")
        return [(file.name or "", file.read()) for file in files]


class ScanForm(forms.Form):
    """Manifests as files or as text, and the stack they are about; once clean, `manifests` holds them."""

    use_required_attribute = False

    stack = forms.ChoiceField(
        label="Which stack do they tell of?",
        required=False,
        error_messages={"invalid_choice": "You have no such stack. Choose one of these."},
    )
    text = forms.CharField(
        label="Paste a manifest",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "code"}),
    )
    name = forms.CharField(
        label="The name of its file",
        required=False,
        max_length=300,
        initial="package.json",
        help_text="It tells how to read it: package.json, requirements.txt, go.mod, .github/workflows/test.yml …",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "code"}),
    )
    upload = ManifestsField(
        label="Or give files",
        required=False,
        help_text=f"Up to {limits.MANIFESTS} at a time, {limits.MANIFEST_BYTES // 1_000_000} MB together.",
    )

    def __init__(self, *args: Any, stacks: list[Stack], **options: Any) -> None:
        super().__init__(*args, **options)
        self.stacks = {str(stack.pk): stack for stack in stacks}
        choices = [(NEW, "A new one"), *((key, stack.name) for key, stack in self.stacks.items())]
        field = self.fields["stack"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if not self.stacks:
            field.widget = forms.HiddenInput()

    def clean_stack(self) -> Stack | None:
        """Their own stack of that choice; None for a new one."""
        return self.stacks.get(self.cleaned_data["stack"])

    def clean(self) -> dict[str, Any]:
        """Put the text under its name beside the files."""
        said = self.cleaned_data
        text, name = said.get("text") or "", " ".join((said.get("name") or "").split())
        manifests = list(said.get("upload") or [])
        if text.strip() and not name:
            self.add_error("name", "Say what the file is called: its name tells how to read it.")
        elif text.strip():
            manifests.insert(0, (name, text.encode(errors="replace")))
        if not manifests and not self.errors:
            raise ValidationError("Paste a manifest, or give files.")
        said["manifests"] = manifests
        return said
