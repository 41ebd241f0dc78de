# ruff: noqa: E501 - one outlet a row reads best
"""Destination countries and the service outlets in them: fictional providers at plausible addresses."""

from __future__ import annotations

from samples.world.place import Outlet, Place, place_of
from samples.world.places_wide import WIDE

PLACES: tuple[Place, ...] = (
    place_of("KZ", "哈萨克斯坦", "Kazakhstan", """
        ТОО «Алтын Авто Сервис» | г. Алматы, пр. Райымбека, 221 | 阿尔腾汽车服务有限公司 | 哈萨克斯坦阿拉木图市莱姆别克大街221号 | Ерлан Сериков | +7 727 312 45 67
        ТОО «Дала Мотор» | г. Астана, ул. Сыганак, 47/1 | 达拉汽车维修中心 | 哈萨克斯坦阿斯塔纳市瑟加纳克街47/1号 | Айгуль Нурланова | +7 717 255 18 40
    """),
    place_of("RU", "俄罗斯", "Russia", """
        ООО «Северный Мотор» | г. Москва, ул. Подольских Курсантов, д. 17 | 北方汽车服务有限公司 | 俄罗斯莫斯科市波多利斯克学员街17号 | Иван Петров | +7 495 740 22 19
        ООО «Восток Автотех» | г. Владивосток, ул. Русская, 94А | 东方汽车技术有限公司 | 俄罗斯符拉迪沃斯托克市俄罗斯街94A号 | Ольга Смирнова | +7 423 265 71 08
    """),
    place_of("UZ", "乌兹别克斯坦", "Uzbekistan", """
        Toshkent Avto Servis MChJ | Tashkent, Chilanzar district, Bunyodkor ave. 52 | 塔什干汽车服务公司 | 乌兹别克斯坦塔什干市奇兰扎尔区布尼奥德科尔大街52号 | Aziz Karimov | +998 71 277 45 10
        Samarqand Motors MChJ | Samarkand, Rudakiy street 118 | 撒马尔罕汽车公司 | 乌兹别克斯坦撒马尔罕市鲁达基街118号 | Dilshod Rahimov | +998 66 233 90 25
    """),
    place_of("KG", "吉尔吉斯斯坦", "Kyrgyzstan", """
        ОсОО «Тянь-Шань Авто» | г. Бишкек, ул. Льва Толстого, 126 | 天山汽车服务中心 | 吉尔吉斯斯坦比什凯克市列夫托尔斯泰街126号 | Нурбек Асанов | +996 312 61 45 80
    """),
    place_of("AE", "阿联酋", "United Arab Emirates", """
        Gulf Star Auto Maintenance LLC | Warehouse 14, Ras Al Khor Industrial Area 2, Dubai | 海湾之星汽车维修公司 | 阿联酋迪拜市拉斯霍尔工业二区14号仓库 | Omar Haddad | +971 4 333 1820
        Al Noor Vehicle Services | Shop 7, Mussafah M-17, Abu Dhabi | 努尔汽车服务公司 | 阿联酋阿布扎比市穆萨法M17区7号 | Khalid Mansoor | +971 2 555 4361
    """),
    place_of("SA", "沙特阿拉伯", "Saudi Arabia", """
        Najd Motors Service Co. | 3120 Al Kharj Road, Riyadh 14331 | 纳季德汽车服务公司 | 沙特阿拉伯利雅得市海尔季路3120号 | Faisal Al Harbi | +966 11 448 2270
        Red Coast Auto Center | 88 Madinah Road, Jeddah | 红岸汽车中心 | 沙特阿拉伯吉达市麦地那路88号 | Saleh Qahtani | +966 12 652 7714
    """),
    place_of("JO", "约旦", "Jordan", """
        Petra Electric Car Care | Free Zone Street 9, Zarqa | 佩特拉电动汽车服务公司 | 约旦扎尔卡市自由区街9号 | Laith Obeidat | +962 5 382 6410
    """),
    place_of("NG", "尼日利亚", "Nigeria", """
        Lagos Bridge Motors Ltd. | 12 Oregun Road, Ikeja, Lagos | 拉各斯大桥汽车公司 | 尼日利亚拉各斯州伊凯贾区奥雷贡路12号 | Emeka Obi | +234 803 555 0142
        Abuja Star Autos Ltd. | Plot 31, Idu Industrial Layout, Abuja | 阿布贾之星汽车公司 | 尼日利亚阿布贾市伊杜工业区31号 | Amina Bello | +234 806 555 0177
    """),
    place_of("ET", "埃塞俄比亚", "Ethiopia", """
        Abay EV Service PLC | Bole Sub-city, Woreda 03, Addis Ababa | 阿拜电动车服务公司 | 埃塞俄比亚亚的斯亚贝巴市博莱区03号 | Dawit Bekele | +251 11 661 2045
    """),
    place_of("MX", "墨西哥", "Mexico", """
        Servicio Automotriz del Valle S.A. de C.V. | Av. Insurgentes Sur 1820, Ciudad de México | 谷地汽车服务公司 | 墨西哥墨西哥城南起义者大道1820号 | José Hernández | +52 55 5661 2080
        Taller Norte S.A. de C.V. | Calle Reforma 415, Monterrey, N.L. | 北方汽修公司 | 墨西哥蒙特雷市改革街415号 | María López | +52 81 8344 1902
    """),
    place_of("CL", "智利", "Chile", """
        Andes Motor Servicio SpA | Av. Vicuña Mackenna 2301, Santiago | 安第斯汽车服务公司 | 智利圣地亚哥市维库尼亚马克纳大道2301号 | Pablo Rojas | +56 2 2555 4310
    """),
    place_of("TH", "泰国", "Thailand", """
        Siam Charge Auto Service Co., Ltd. | 99/14 Bangna-Trad Road, Bangkok 10260 | 暹罗汽车服务有限公司 | 泰国曼谷市邦纳达叻路99/14号 | Somchai Wongsa | +66 2 744 5120
        Chiang Mai EV Clinic | 210 Superhighway Road, Chiang Mai 50000 | 清迈电动车诊所 | 泰国清迈市超级公路210号 | Nida Suksan | +66 53 240 188
    """),
    place_of("ID", "印度尼西亚", "Indonesia", """
        PT Nusantara Servis Otomotif | Jl. Gatot Subroto Kav. 38, Jakarta 12950 | 努桑塔拉汽车服务公司 | 印度尼西亚雅加达市加托苏布罗托路38号 | Budi Santoso | +62 21 525 7740
    """),
    place_of("BY", "白俄罗斯", "Belarus", """
        ООО «Зубр Автосервис» | г. Минск, ул. Тимирязева, 123 | 野牛汽车服务有限公司 | 白俄罗斯明斯克市季米里亚泽夫街123号 | Алексей Ковальчук | +375 17 308 21 55
    """),
    place_of("GN", "几内亚", "Guinea", """
        Garage Kaloum SARL | Route du Niger, Matam, Conakry | 卡卢姆汽修公司 | 几内亚科纳克里市马塔姆区尼日尔路 | Mamadou Diallo | +224 622 55 01 42
    """),
    place_of("TJ", "塔吉克斯坦", "Tajikistan", """
        ООО «Памир Моторс» | г. Душанбе, пр. Рудаки, 84 | 帕米尔汽车公司 | 塔吉克斯坦杜尚别市鲁达基大街84号 | Фаррух Назаров | +992 37 224 51 67
    """),
    place_of("GE", "格鲁吉亚", "Georgia", """
        Kolkhi Auto Service LLC | 27 Kakheti Highway, Tbilisi | 科尔希汽车服务公司 | 格鲁吉亚第比利斯市卡赫季公路27号 | Giorgi Beridze | +995 32 247 61 30
    """),
    place_of("KE", "肯尼亚", "Kenya", """
        Savanna EV Garage Ltd. | Enterprise Road 44, Industrial Area, Nairobi | 萨凡纳汽修公司 | 肯尼亚内罗毕市工业区企业路44号 | Grace Wanjiru | +254 20 555 8120
    """),
    *WIDE,
)  # fmt: skip
BY_CODE = {place.code: place for place in PLACES}

IN_CHINA: tuple[Outlet, ...] = (
    Outlet("江州汇通汽车服务有限公司", "安徽省合肥市经开区繁华大道128号", "王建国", "+86 551 6388 1207", "CN"),
    Outlet("岭南车享维修中心", "广东省广州市番禺区市桥街道康乐路16号", "陈晓梅", "+86 20 8455 3316", "CN"),
)
