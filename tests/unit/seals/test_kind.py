"""What sort of seal it is."""

import pytest

from verifier.seals.kind import kind_of


@pytest.mark.parametrize(
    ("shape", "arc", "inner", "star", "kind"),
    [
        ("round", "江城利华客车有限公司", None, True, "official"),
        ("oval", "江城利华客车有限公司", None, False, "official"),
        ("round", "江城利华客车有限公司", "1101052233445", True, "official"),
        ("round", "江城利华汽车销售有限公司", None, True, "official"),
        ("round", "江城利华客车有限公司", "合同专用章", True, "special_purpose"),
        ("round", "江城利华客车有限公司", "合同专用草", False, "special_purpose"),
        ("round", "江城利华客车有限公司财务专用章", None, True, "special_purpose"),
        ("round", "江城利华客车有限公司海外部", None, True, "special_purpose"),
        ("round", "江城利华客车有限公司", "人力资源", True, "unknown"),
        ("square", None, None, False, "personal"),
        ("round", None, None, False, "unknown"),
        ("round", None, None, True, "official"),
        ("oval", "JIANGCHENG BUS CO LTD", None, False, "official"),
    ],
)
def test_kind_follows_from_shape_and_words(shape, arc, inner, star, kind):
    assert kind_of(shape, arc, inner, has_star=star) == kind
