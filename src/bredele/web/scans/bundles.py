"""The signed evidence of a scan that the server made, beside the proof's own file."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from bredele.core.errors import BredeleError
from bredele.core.observation import Scan
from bredele.core.registry import Registry
from bredele.web.scans.models import Proof
from bredele.web.scans.proofs import directory

if TYPE_CHECKING:
    from bredele.scanner.evidence.witness import Witness


def path_of(proof: Proof) -> Path:
    """Where the bundle of a proof lies, if there is one."""
    return (directory(proof.site) / proof.file).with_suffix(".zip")


def keep(proof: Proof, scan: Scan, registry: Registry | None, witness: "Witness", moment: datetime) -> str:
    """Write the bundle, signed with the installation's key; what kept it from being written, empty if nothing did."""
    from bredele.scanner.evidence import bundle, container, signing

    installed = settings.BREDELE
    try:
        key = signing.own_key(installed.data, installed.host)
        container.write(path_of(proof), signing.sign(bundle.files_of(scan, registry, witness, moment), key))
    except (BredeleError, OSError) as error:
        return f"The scan is recorded, but its evidence could not be signed and kept: {error}"
    return ""
