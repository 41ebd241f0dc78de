"""Papers that come along, by what they say: invoices, certificates of conformity, customs forms, licences."""

from __future__ import annotations

from samples.filed import OtherPaper
from samples.layouts.choices import Wording
from samples.layouts.closing import chinese_date, close, grid
from samples.paper.sheet import Sheets

TITLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "机动车销售统一发票",
        (
            "发票代码：112002060011",
            "发票号码：00871234",
            "购买方名称：{exporter}",
            "车辆类型：小型轿车",
            "厂牌型号：{brand}{model}",
            "车辆识别代号/车架号码：{vin}",
            "合格证号：WDA0120251234567",
            "价税合计：壹拾贰万元整",
            "销货单位名称：{seller}",
        ),
    ),
    (
        "二手车销售统一发票",
        (
            "发票代码：112002060022",
            "买方单位/个人：{exporter}",
            "卖方单位/个人：王小明",
            "车牌照号：津A12345",
            "登记证号：120012345678",
            "车架号/车辆识别代码：{vin}",
            "厂牌型号：{brand}{model}",
            "车价合计：捌万元整",
            "二手车市场：{seller}",
        ),
    ),
    (
        "机动车整车出厂合格证",
        (
            "合格证编号：WDA0120251234567",
            "发证日期：2025年8月1日",
            "车辆制造企业名称：{maker}",
            "车辆品牌/车辆名称：{brand}轿车",
            "车辆型号：{model}",
            "车辆识别代号/车架号：{vin}",
            "底盘型号/底盘ID：—",
            "车身颜色：白",
            "燃料种类：电",
        ),
    ),
    (
        "中华人民共和国机动车行驶证",
        (
            "号牌号码：津A12345",
            "车辆类型：小型轿车",
            "所有人：{exporter}",
            "品牌型号：{brand}{model}",
            "车辆识别代号：{vin}",
            "发动机号码：EN1234567",
            "注册日期：2025-08-20",
            "发证日期：2025-08-20",
        ),
    ),
    (
        "中华人民共和国海关出口货物报关单",
        (
            "预录入编号：020220260000012345",
            "境内发货人：{exporter}",
            "出境关别：天津新港",
            "运抵国（地区）：哈萨克斯坦",
            "指运港：霍尔果斯",
            "商品名称及规格型号：二手乘用车 {brand}{model}",
            "车架号：{vin}",
            "数量及单位：1辆",
        ),
    ),
    (
        "中华人民共和国出口许可证",
        (
            "出口商：{exporter}",
            "出口许可证号：26-AA-100123",
            "发货人：{exporter}",
            "进口国（地区）：哈萨克斯坦",
            "商品名称：二手车",
            "规格、等级：{brand}{model}",
            "单位：辆",
            "数量：1",
            "备注：{vin}",
        ),
    ),
    (
        "营业执照",
        (
            "统一社会信用代码：91120000MA05XXXX0X",
            "名称：{exporter}",
            "类型：有限责任公司",
            "法定代表人：李某",
            "注册资本：壹仟万元整",
            "成立日期：2018年5月9日",
            "经营范围：二手车经销；货物进出口；汽车维修服务。",
        ),
    ),
    (
        "中国国家强制性产品认证证书",
        (
            "证书编号：2025011101234567",
            "委托人名称：{maker}",
            "生产企业名称：{maker}",
            "产品名称和系列、规格、型号：{brand}{model}轿车",
            "产品标准和技术要求：CNCA-C11-01",
            "发证日期：2025年3月1日",
            "有效期至：2030年2月28日",
        ),
    ),
    (
        "机动车安全技术检验报告",
        (
            "检验机构：{seller}",
            "号牌号码：津A12345",
            "车辆识别代号：{vin}",
            "品牌/型号：{brand}{model}",
            "检验日期：2026年1月6日",
            "检验结论：合格",
        ),
    ),
    (
        "机动车交通事故责任强制保险单",
        (
            "被保险人：{exporter}",
            "号牌号码：津A12345",
            "厂牌型号：{brand}{model}",
            "识别代码（车架号）：{vin}",
            "保险期间：2026年1月1日至2026年12月31日",
            "保险公司：{seller}",
        ),
    ),
    (
        "COMMERCIAL INVOICE",
        (
            "Invoice No.: INV-2026-018",
            "Seller: {exporter}",
            "Buyer: TOO Dala Motor, Almaty",
            "Description: used car {model}",
            "VIN: {vin}",
            "Quantity: 1 unit",
            "Total: USD 15,800.00",
        ),
    ),
    (
        "二手车车况检测报告",
        (
            "委托方：{exporter}",
            "车架号：{vin}",
            "品牌型号：{brand}{model}",
            "首次登记日期：2025-08-20",
            "表显里程：5210 公里",
            "检测结论：车况良好，无重大事故",
        ),
    ),
)
"""Title and lines of each; `{…}` stands for what changes from paper to paper."""


def ruled(sheets: Sheets, paper: OtherPaper) -> None:
    """A ruled form, one or two labels a row."""
    word = Wording("".join(paper.lines))
    sheets.centre(paper.title, size=6.2, bold=True)
    sheets.down(3)
    pairs = [tuple(line.split("：", 1)) for line in paper.lines if "：" in line]
    if word.odds(0.5):
        grid(sheets, (58, 104), pairs, size=3.5, head=False)
    else:
        pairs += [("", "")] if len(pairs) % 2 else []
        rows = [(*a, *b) for a, b in zip(pairs[::2], pairs[1::2], strict=True)]
        grid(sheets, (34, 52, 32, 44), rows, size=3.2, head=False)
    close(sheets, (paper.signed_by, chinese_date(paper.issued_on)), mark="")


def unsigned(sheets: Sheets, paper: OtherPaper) -> None:
    """Labels and values in two columns without rules, and nobody's name under them."""
    sheets.centre(paper.title, size=5.8, bold=True)
    sheets.down(3)
    for a, b in zip(paper.lines[::2], (*paper.lines[1::2], ""), strict=False):
        sheets.put(sheets.left, a, size=3.4)
        if b and sheets.width(a, 3.4) < 80:
            sheets.put(sheets.left + 84, b, size=3.4)
        elif b:
            sheets.down(7)
            sheets.put(sheets.left, b, size=3.4)
        sheets.down(7.4)
