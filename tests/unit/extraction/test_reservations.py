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
        "本函复印件、扫描件无效。本件为复印件，仅供参考。",
        "Only the original is valid; this is a copy for reference only.",
        "以收到服务费为准，未付无效。",
        "恳请贵公司确认由下列网点提供售后维修服务为盼。",
        "我公司已收到贵司的申请，将于二十个工作日内答复。",
        "No t valid - see our letter of 2 June",
        "退回",
        "审批未完成 不得使用",
        "（受上述公司委托，由其海外销售服务中心代为出具）",
        "由下列网点提供售后维修服务，期满后不再提供。",
        "We are at present unable to confirm that the following 3 vehicles sent to Belarus will be given service.",
        "本函不构成售后维修服务承诺。",
        "我公司目前无法在目的国提供售后维修服务。",
        "我公司對上述車輛不提供任何售後維修服務。",
        "因贵司尚未付款，我公司暂不确认上述车辆的售后维修服务。",
        "附件二所列车辆不在本函确认范围内。",
        "上述车辆除外。",
        "本页为格式样本，仅供参考，不作为办理业务的凭证。",
        "注：上表所列车辆因里程、使用性质未核实，暂不予确认，仅列明备查。",
        "本确认书自出口企业足额缴纳售后服务保证金并经我公司另行书面通知后方可生效；",
        "在此之前，本文件不构成对上述车辆售后维修服务的确认。",
        "本确认书仅证明售前检测情况，不涉及出口后的维修服务。",
        "车辆的维修、保养及质保服务不在本确认范围之内，由车主自行解决。",
        "相关事宜我公司正在研究，待核实网点能力后另行答复，本函不作为确认文件。",
        "我公司此前就下列车辆出具的售后维修服务确认书，自本通知之日起予以撤销。",
        "以上网点的授权已于2025年12月31日到期终止，新的授权网点尚未确定。",
        "本函仅用于企业投标展示，不得用于申领出口许可证。",
        "本确认书已由99号确认书替代。",
        "注：贵司来函所询车辆非我公司授权出口车型，另函答复。",
        "待总部批准后方可生效。",
        "This letter has been withdrawn by the manufacturer.",
        "We regret that our company is unable to provide any after-sales maintenance service for the above vehicles.",
        "The vehicles in annex 2 are not covered by this confirmation.",
        "This confirmation remains subject to final approval of the head office.",
        "Sales showrooms in Azerbaijan (no repair or maintenance is carried out there)",
        "Maintenance is to be arranged by the purchaser with workshops of its own choice in any country.",
        "上述车辆的维修保养由车主自行联系解决。",
        "其余目的国网点从缺，由用户自行解决。",
        "应贵司要求，就下列车辆的生产情况说明如下，不构成售后维修服务确认。",
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
        "本确认书经我公司加盖公章后方可生效。",
        "网点如有变更，我公司将另行书面通知。",
        "保修范围不包括易损件及事故车维修。",
        "出口至其他国家的车辆须另行申请确认书。",
        "上述网点均已取得我公司授权，合作期限至2028年12月31日。",
        "授权有效期内如网点终止合作，我公司负责安排其他网点。",
        "本公司郑重声明：以上内容真实有效，不存在虚假。",
        "Template No. 7",
        "No repairs are carried out without the owner's consent.",
        "保修期满后的维修费用由车主自行承担。",
        "易损件由车主自行购买。",
    ],
)
def test_conditions_and_limits_take_nothing_back(line: str) -> None:
    assert said(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "本件为参考译文，正式效力以未随附之原文为准，本译文不得单独使用。",
        "本函须经我司与当地服务商另行签订服务协议后生效，在此之前不构成任何承诺。",
        "上述维修服务仅限中国大陆境内，境外不予提供。",
        "我司对经转让登记的二手车不承担海外维修义务。",
        "关于申请出具售后维修服务确认书的函",
        "很遗憾，您的申请不符合我司海外售后政策，恕难办理。",
        "本公司保留随时取消上述服务的权利。",
        "Only valid together with the original contract No. HT-2026-0417.",
        "This confirmation is subject to the conclusion of a separate service agreement.",
        "Service is provided within mainland China only.",
        "Specimen copy only.",
        "We regret that we are unable to issue the confirmation you asked for.",
        "Действительно только при предъявлении оригинала контракта № HT-2026-0417.",
        "Настоящее письмо вступает в силу только после оплаты депозита.",
        "La presente surtirá efecto únicamente tras el pago total del depósito.",
        "La presente confirmación ha sido revocada y carece de efecto.",
        "Le service n'est assuré qu'en Chine continentale.",
        "Valable uniquement avec l'original du contrat n° HT-2026-0417.",
    ],
)
def test_conditions_limits_and_refusals_take_a_letter_back(line: str) -> None:
    assert said(line)


@pytest.mark.parametrize(
    "line",
    [
        "复印件无效，涂改无效。",
        "本函自盖章之日起生效，不得用于其他用途。",
        "网点停止经营的，本公司应当另行指定服务机构。",
        "国内配件热线：400-711-1571（仅限中国境内拨打）。",
        "应天津滨海汽车贸易有限公司申请，就其申请出口的2辆汽车出具本确认函。",
        "本公司对二手车与新车一视同仁，不因转让登记拒绝提供服务。",
        "无论车辆是否二手，均可享受维修服务；详情请咨询当地网点。",
        "Photocopies of this letter are not valid.",
        "Any erasure or alteration renders this letter void.",
        "Service is not refused to used vehicles.",
        "Копии без печати недействительны.",
        "Las fotocopias sin sello carecen de validez.",
        "Toute rature annule ce document.",
    ],
)
def test_what_genuine_letters_say_besides_takes_nothing_back(line: str) -> None:
    assert said(line) == []


def test_a_destination_before_the_maker_s_own_products_takes_nothing_back() -> None:
    assert not letter_of(
        "售后维修服务确认书\n新疆丝路公司拟出口南非我公司产品1台，现就其售后服务确认如下。"
    ).reservations
    assert letter_of("售后维修服务确认书\n经查，下列车辆非我公司产品。").reservations
