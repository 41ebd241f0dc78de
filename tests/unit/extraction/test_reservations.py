"""What takes a letter back is found; what letters say of conditions and limits is not."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of

VIN = "LSVAA4182E2184847"
NAME = "北辰汽车制造有限公司"


def said(line: str) -> list[str]:
    """Return what takes back a letter with a further line."""
    letter = letter_of(f"售后维修服务确认书\n车架号：{VIN}\n\n{line}\n\n{NAME}\n2026年4月17日")
    return [field.text for field in letter.reservations]


@pytest.mark.parametrize(
    "line",
    [
        "作废",
        "草　稿",
        "DRAFT DRAFT DRAFT",
        "— SAMPLE —",
        "售后维修服务确认书（样张）",
        "本确认书已于2026年3月1日作废。",
        "本函仅供参考。",
        "本函不构成售后维修服务承诺。",
        "我公司目前无法在目的国提供售后维修服务。",
        "我公司對上述車輛不提供任何售後維修服務。",
        "因贵司尚未付款，我公司暂不确认上述车辆的售后维修服务。",
        "附件二所列车辆不在本函确认范围内。",
        "上述车辆除外。",
        "待总部批准后方可生效。",
        "This letter has been withdrawn by the manufacturer.",
        "We regret that our company is unable to provide any after-sales maintenance service for the above vehicles.",
        "The vehicles in annex 2 are not covered by this confirmation.",
        "This confirmation remains subject to final approval of the head office.",
        "Настоящее письмо аннулировано.",
        "Завод не подтверждает послепродажное обслуживание указанных автомобилей.",
        "El fabricante no garantiza el servicio posventa.",
        "Le constructeur n'assure pas le service après-vente.",
    ],
)
def test_what_takes_a_letter_back_is_found(line: str) -> None:
    assert len(said(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "本函涂改、复印无效。",
        "本确认书有效期至2026年12月31日，逾期作废。",
        "本确认书未加盖公章无效。",
        "原编号BC-2026-001的确认书同时作废。",
        "本确认书仅用于办理二手车出口许可证，不得用于其他用途。",
        "因用户使用不当造成的故障，我公司不承担维修服务责任。",
        "维修网点不得拒绝提供维修服务。",
        "质保期外的维修服务不予免费提供。",
        "事故车辆除外。",
        "我公司承诺对上述车辆提供售后维修服务，不因转让而中断。",
        "This letter is void if altered.",
        "The warranty does not cover vehicles modified by third parties.",
        "This letter is not valid without the official seal.",
        "We confirm that after-sales maintenance service will be provided for the above vehicles.",
        "Mы не отвечаем за ремонт без согласования.",
        "样车试制部",
        "Template No. 7",
    ],
)
def test_conditions_and_limits_take_nothing_back(line: str) -> None:
    assert said(line) == []
