"""Where Chromium is on this machine, how to get it, and the flags it is started with; standard library only.

`python -m bredele.scanner.chromium` prints its path; with `--install` it fetches one first where none is found.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bredele.core.errors import BredeleError

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
PLAYWRIGHT_PATTERNS = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Always given: a scan's traffic is the site's own, never the browser's housekeeping."""
UNUSED = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess")
"""Features nobody sees without a window: the address bar's suggestions are two pages of their own for each window, half
of what a short visit costs; a renderer kept in reserve only pays where a person waits for the next click."""
PLAYWRIGHT_OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints", "AimEnabled"),
    *("NetworkTimeServiceQuerying", "PreconnectToSearch", "msForceBrowserSignIn"),
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
"""What Playwright switches off. Of several such switches Chromium heeds the last, so ours has to repeat it."""
SWITCHED_OFF = "--disable-features="
NO_SANDBOX = "--no-sandbox"
CURE = 'Install it with your package manager ("apt-get install chromium"), or name it in BREDELE_CHROMIUM.'
NEEDS_IT = "Scans, proofs and browser tests are off; everything else works."

Run = Callable[[Sequence[str]], int]
Say = Callable[[str], None]


class UnusableChromium(BredeleError):
    """`BREDELE_CHROMIUM` or its flags name something that cannot be used."""


def find(environ: Mapping[str, str]) -> Path | None:
    """The browser: `BREDELE_CHROMIUM`, else `CHROME`, else the system's, else Playwright's own, else None.

    UnusableChromium if a variable names no program: a stated browser is never silently replaced.
    """
    for name in ("BREDELE_CHROMIUM", "CHROME"):
        if environ.get(name):
            return stated(name, environ[name], environ.get("PATH"))
    for name in NAMES:
        if program := shutil.which(name, path=environ.get("PATH", os.defpath)):
            return Path(program)
    return next((path for path in (*APPLICATIONS, *downloaded(environ)) if executable(path)), None)


def stated(variable: str, value: str, path: str | None) -> Path:
    """The program a variable names, as a path or as a name on PATH."""
    program = shutil.which(value, path=path)
    if program is None:
        raise UnusableChromium(f'There is no program "{value}".', where=variable, cure="Write the path of the binary.")
    return Path(program)


def downloaded(environ: Mapping[str, str]) -> Iterator[Path]:
    """Browsers `playwright install` has left in its cache, newest first."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or ".")
    own = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    caches = [Path(own)] if own else [home / ".cache/ms-playwright", home / "Library/Caches/ms-playwright"]
    for cache in caches:
        for pattern in PLAYWRIGHT_PATTERNS:
            yield from sorted(cache.glob(pattern), reverse=True)


def executable(path: Path) -> bool:
    """Whether the path is a program that may be run."""
    return path.is_file() and os.access(path, os.X_OK)


def version(path: Path, seconds: float = 20) -> str:
    """What the browser says it is ("Chromium 156.0 ..."); empty if it does not start."""
    try:
        answer = subprocess.run(  # noqa: S603  # the path comes from `find`
            [str(path), "--version"], capture_output=True, text=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def is_root() -> bool:
    """Whether this process may do everything: Chromium then has no sandbox to offer."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def launch_flags(extra: str = "", *, root: bool) -> tuple[str, ...]:
    """The command line after the binary. `extra` is `BREDELE_CHROMIUM_FLAGS`; `--no-sandbox` only for root or if there.

    Playwright adds `--no-sandbox` by itself unless told `chromium_sandbox=sandboxed(flags)`.
    """
    try:
        own = shlex.split(extra)
    except ValueError as error:
        raise UnusableChromium(str(error), where="BREDELE_CHROMIUM_FLAGS", cure="Close the quotation mark.") from None
    off = (flag.removeprefix(SWITCHED_OFF) for flag in own if flag.startswith(SWITCHED_OFF))
    features = SWITCHED_OFF + ",".join((*PLAYWRIGHT_OFF, *UNUSED, *off))
    others = (flag for flag in own if not flag.startswith(SWITCHED_OFF))
    flags = (*FLAGS, features, *((NO_SANDBOX,) if root else ()), *others)
    return tuple(dict.fromkeys(flags))


def sandboxed(flags: Sequence[str]) -> bool:
    """What to give Playwright as `chromium_sandbox`."""
    return NO_SANDBOX not in flags


class SandboxNotice:
    """Says once, on a stream of choice, that the sandbox is off."""

    def __init__(self, say: Say) -> None:
        self.say: Say | None = say

    def tell(self, flags: Sequence[str]) -> None:
        """To be called before each launch."""
        if self.say and not sandboxed(flags):
            self.say("Chromium runs without its sandbox (--no-sandbox), because this is root or the setting says so.")
            self.say = None


notice = SandboxNotice(lambda line: print(line, file=sys.stderr))  # noqa: T201  # a command's own standard error


def ways(root: bool, which: Callable[[str], str | None], python: str) -> Iterator[tuple[str, list[list[str]]]]:
    """How Chromium can be had here: what to say, and the commands; the system's package first, for its updates."""
    if root and which("apt-get"):
        quiet = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
        yield "apt-get install chromium", [[*quiet, "update"], [*quiet, "install", "-y", "chromium"]]
    yield "playwright install chromium", [[python, "-m", "playwright", "install", "chromium"]]


def run_quietly(command: Sequence[str]) -> int:
    """Exit code of a command; what it prints goes to standard error. 124 after ten minutes."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, stdout=sys.stderr, env=environ, timeout=600, check=False)  # noqa: S603  # `ways`
    except subprocess.TimeoutExpired:
        return 124
    except OSError:
        return 127
    return done.returncode


def install(environ: Mapping[str, str], *, root: bool, say: Say, run: Run = run_quietly) -> Path | None:
    """The browser that was here or was fetched; None after every way failed."""
    if path := find(environ):
        return path
    path_of_programs = environ.get("PATH", os.defpath)
    for name, commands in ways(root, lambda program: shutil.which(program, path=path_of_programs), sys.executable):
        say(f"No Chromium found: trying {name} (once; some minutes) ...")
        codes = [run(command) for command in commands]  # a partly failed `update` may still install
        if codes[-1] == 0 and (path := find(environ)):
            return path
    return None


def main(arguments: Sequence[str]) -> int:
    """Print the browser's path and version; 0 if there is one, 1 with the cure if not, 2 for an unusable setting."""

    def say(line: str) -> None:
        sys.stderr.write(line + "\n")

    try:
        path = install(os.environ, root=is_root(), say=say) if "--install" in arguments else find(os.environ)
    except UnusableChromium as error:
        say(f"error: {error}")
        return 2
    spoken = version(path) if path else ""
    if not spoken:
        say(f"{f'{path} does not start.' if path else 'No Chromium on this machine.'} {NEEDS_IT} {CURE}")
        return 1
    sys.stdout.write(f"{path}  {spoken}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
