"""Letters in the languages of the destinations, as their offices word them: every label in that language."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from tests.unit.extraction.test_by_hand_of_others import value

VIN = "LSVAA4182E2184847"
LETTERS = {
    "tr": f"""Satış Sonrası Servis Onay Belgesi
No: BC-2026-014 | Kime: To whom it may concern
İhracatçı: Urumqi Silu Auto Trading Co., Ltd.|İhracat ülkesi: Türkiye
Sıra|VIN|Marka|Model|Tescil tarihi
1|{VIN}|BEICHEN|BC6500PHEV|2026.01.25
Yurt dışı servis noktaları
Sıra|Servis sağlayıcı|Adres|Tel.
1|Silk Road Auto Service Ankara A.Ş.|Eskişehir Yolu No. 176, Ankara|+90 212 739 47 23
""",
    "uz": f"""Sotuvdan keyingi xizmat ko'rsatishni tasdiqlash xati
Raqami: BC-2026-014
Eksport mamlakati: O‘zbekiston
T/r|VIN raqami|Markasi|Modeli|Ro'yxatga olingan sana
1|{VIN}|BEICHEN|BC6500PHEV|25.01.2026
Servis markazlari
T/r|Xizmat ko'rsatuvchi|Manzili|Telefoni
1|Toshkent Avto Servis MChJ|Toshkent sh., Bunyodkor ko'chasi 52|+998 71 277 45 10
""",
    "kk": f"""Сатудан кейінгі қызмет көрсетуді растау хаты
№ BC-2026-014
Экспорт елі: Қазақстан Республикасы
Р/с|VIN коды|Маркасы|Үлгісі|Тіркелген күні
1|{VIN}|BEICHEN|BC6500PHEV|25.01.2026
Сервис орталықтары
Р/с|Қызмет көрсетуші|Мекенжайы|Телефоны
1|«Алтын Авто» ЖШС|Алматы қ., Райымбек даңғылы, 221|+7 727 312 45 67
""",
    "id": f"""Surat Konfirmasi Layanan Purna Jual
Nomor: BC-2026-014
Negara tujuan: Indonesia
No.|Nomor rangka (VIN)|Merek|Tipe|Tanggal registrasi
1|{VIN}|BEICHEN|BC6500PHEV|25-01-2026
Bengkel resmi di luar negeri
No.|Nama bengkel|Alamat|Telepon
1|PT Jaya Motor Sejahtera|Jl. Sudirman No. 12, Jakarta Pusat|+62 21 5790 1234
""",
    "mn": f"""Борлуулалтын дараах үйлчилгээний баталгаа
Дугаар: BC-2026-014
Экспортын улс: Монгол Улс
д/д|Арлын дугаар (VIN)|Марк|Загвар|Бүртгэсэн огноо
1|{VIN}|BEICHEN|BC6500PHEV|2026-01-25
Засварын газрууд
д/д|Үйлчилгээ үзүүлэгч|Хаяг|Утас
1|«Хангай Авто» ХХК|Улаанбаатар, Баянзүрх дүүрэг, 12-р хороо|+976 7011 2233
""",
    "vi": f"""Giấy xác nhận dịch vụ sau bán hàng
Số: BC-2026-014
Nước xuất khẩu: Việt Nam
STT|Số khung (VIN)|Nhãn hiệu|Số loại|Ngày đăng ký
1|{VIN}|BEICHEN|BC6500PHEV|25/01/2026
Điểm dịch vụ ở nước ngoài
STT|Đơn vị cung cấp dịch vụ|Địa chỉ|Điện thoại
1|Công ty TNHH Dịch vụ Ô tô Sông Hồng|25 Giải Phóng, Hà Nội|+84 24 3869 1200
""",
}
DAYS = {"vi": "Ngày 10 tháng 5 năm 2026", "id": "Jakarta, 10 Mei 2026", "tr": "Tarih: 10.05.2026"}
OUTLETS = {
    "tr": ("TR", "Silk Road Auto Service Ankara A.Ş.", "+902127394723"),
    "uz": ("UZ", "Toshkent Avto Servis MChJ", "+998712774510"),
    "kk": ("KZ", "«Алтын Авто» ЖШС", "+77273124567"),
    "id": ("ID", "PT Jaya Motor Sejahtera", "+622157901234"),
    "mn": ("MN", "«Хангай Авто» ХХК", "+97670112233"),
    "vi": ("VN", "Công ty TNHH Dịch vụ Ô tô Sông Hồng", "+842438691200"),
}


@pytest.mark.parametrize("language", LETTERS)
def test_every_claim_is_found(language: str) -> None:
    closing = f"\nBeichen Automobile Manufacturing Co., Ltd.\n{DAYS.get(language, '2026-05-10')}"
    letter = letter_of(LETTERS[language] + closing)
    assert letter.kind == "confirmation_letter"
    (vehicle,), (outlet,) = letter.vehicles, letter.outlets
    assert [value(field) for field in (letter.number, letter.issued_on, vehicle.vin, vehicle.brand, vehicle.model)] == [
        "BC-2026-014", "2026-05-10", VIN, "BEICHEN", "BC6500PHEV",
    ]  # fmt: skip
    assert value(vehicle.registration_date) == "2026-01-25"
    country, name, phone = OUTLETS[language]
    assert (value(letter.export_country), value(outlet.name), value(outlet.phone)) == (country, name, phone)
    assert outlet.address
