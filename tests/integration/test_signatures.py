"""Signatures are validated behind the wall, by the certificates that the office configured."""

import pytest

from tests.unit.opening import builders
from tests.unit.opening.signing import authority, identity, signed
from verifier.errors import ConfigurationError
from verifier.sandbox import Sandbox
from verifier.settings import trust_anchors

pytestmark = pytest.mark.integration


def statuses(sandbox: Sandbox, document: bytes) -> list[str]:
    opened = sandbox.open(document)
    assert opened.signed
    return [finding.detail for finding in opened.findings if finding.code == "signature_status"]


def test_the_childs_anchors_are_the_configured_ones(tmp_path):
    (tmp_path / "authority.pem").write_bytes(authority().pem)
    document = signed(builders.pdf(builders.letter), identity("北辰汽车有限公司"))
    with (
        Sandbox(trust_anchors=trust_anchors({"VERIFIER_TRUST_ANCHORS": str(tmp_path)})) as trusting,
        Sandbox() as plain,
    ):
        assert statuses(trusting, document) == ["trusted"]
        assert statuses(trusting, document.replace(b"ReportLab", b"ReportLob", 1)) == ["altered"]
        assert statuses(plain, document) == ["untrusted"]


def test_a_folder_that_is_not_there_is_named_at_the_start(tmp_path):
    with pytest.raises(ConfigurationError, match="VERIFIER_TRUST_ANCHORS"):
        trust_anchors({"VERIFIER_TRUST_ANCHORS": str(tmp_path / "none")})
