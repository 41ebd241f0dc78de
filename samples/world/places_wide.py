# ruff: noqa: E501 - one outlet a row reads best
"""More destinations and their outlets, in the languages and scripts of the place: fictional providers."""

from __future__ import annotations

from samples.world.place import Place, place_of

WIDE: tuple[Place, ...] = (
    place_of("TM", "土库曼斯坦", "Turkmenistan", """
        Ýol Awto Hyzmat HJ | Ashgabat, Garashsyzlyk shayoly 54 | 约尔汽车服务公司 | 土库曼斯坦阿什哈巴德市独立大街54号 | Merdan Orazow | +993 12 45 21 30
    """),
    place_of("MN", "蒙古国", "Mongolia", """
        Хүлэг Авто Засвар ХХК | Улаанбаатар, Энхтайваны өргөн чөлөө 61 | 骏马汽车维修公司 | 蒙古国乌兰巴托市和平大街61号 | Бат-Эрдэнэ | +976 11 33 45 12
    """),
    place_of("AZ", "阿塞拜疆", "Azerbaijan", """
        Xəzər Avto Servis MMC | Heydər Əliyev prospekti 115, Bakı | 里海汽车服务公司 | 阿塞拜疆巴库市盖达尔阿利耶夫大街115号 | Elvin Məmmədov | +994 12 404 10 10
    """),
    place_of("AM", "亚美尼亚", "Armenia", """
        Ararat Motor Service LLC | 15 Arshakunyats Avenue, Yerevan | 亚拉拉特汽车公司 | 亚美尼亚埃里温市阿尔沙库尼亚茨大街15号 | Hayk Sargsyan | +374 10 58 22 14
    """),
    place_of("TR", "土耳其", "Türkiye", """
        Boğaziçi Oto Servis A.Ş. | Atatürk Caddesi No: 84, İstanbul | 博斯普鲁斯汽车服务公司 | 土耳其伊斯坦布尔市阿塔图尔克大街84号 | Mehmet Yılmaz | +90 212 483 21 60
    """),
    place_of("QA", "卡塔尔", "Qatar", """
        Pearl Auto Care W.L.L. | Street 43, Industrial Area, Doha | 珍珠汽车养护公司 | 卡塔尔多哈市工业区43街 | Yousef Al Kuwari | +974 4460 1180
    """),
    place_of("KW", "科威特", "Kuwait", """
        Shuwaikh Motors Service Co. | Block 2, Shuwaikh Industrial, Kuwait City | 舒韦赫汽车服务公司 | 科威特科威特城舒韦赫工业区2区 | Fahad Al Enezi | +965 2483 7710
    """),
    place_of("OM", "阿曼", "Oman", """
        Muttrah Vehicle Services LLC | Way 3012, Al Wadi Al Kabir, Muscat | 马特拉车辆服务公司 | 阿曼马斯喀特市大谷区3012路 | Said Al Balushi | +968 2481 5530
    """),
    place_of("IQ", "伊拉克", "Iraq", """
        Tigris Auto Workshop | Karrada Street 62, Baghdad | 底格里斯汽修厂 | 伊拉克巴格达市卡拉达街62号 | Ali Hassan | +964 770 123 4567
    """),
    place_of("DZ", "阿尔及利亚", "Algeria", """
        SARL Atlas Auto Services | 18 rue Didouche Mourad, Alger | 阿特拉斯汽车服务公司 | 阿尔及利亚阿尔及尔市迪杜什穆拉德街18号 | Karim Benali | +213 21 63 44 20
    """),
    place_of("MA", "摩洛哥", "Morocco", """
        Garage Al Baraka SARL | 212 boulevard Zerktouni, Casablanca | 巴拉卡汽修公司 | 摩洛哥卡萨布兰卡市泽克图尼大道212号 | Youssef Amrani | +212 522 27 18 40
    """),
    place_of("NE", "尼日尔", "Niger", """
        Sahel Auto Niamey SARL | Avenue de la Mairie 30, Niamey | 萨赫勒汽车公司 | 尼日尔尼亚美市市政厅大街30号 | Ibrahim Moussa | +227 20 73 41 15
    """),
    place_of("GH", "加纳", "Ghana", """
        Volta Auto Clinic Ltd. | 7 Ring Road Central, Accra | 沃尔特汽车诊所 | 加纳阿克拉市中环路7号 | Kwame Mensah | +233 302 22 17 65
    """),
    place_of("TZ", "坦桑尼亚", "Tanzania", """
        Kilimanjaro Motors Ltd. | Nyerere Road 91, Dar es Salaam | 乞力马扎罗汽车公司 | 坦桑尼亚达累斯萨拉姆市尼雷尔路91号 | Juma Mushi | +255 22 286 0145
    """),
    place_of("ZA", "南非", "South Africa", """
        Highveld EV Service (Pty) Ltd | 33 Jan Smuts Avenue, Johannesburg | 高原电动车服务公司 | 南非约翰内斯堡市史末资大道33号 | Thabo Nkosi | +27 11 447 2085
    """),
    place_of("CD", "刚果(金)", "Democratic Republic of the Congo", """
        Garage Gombe SARL | Avenue du Commerce 12, Kinshasa | 贡贝汽修公司 | 刚果(金)金沙萨市商业大街12号 | Patrick Ilunga | +243 81 555 0142
    """),
    place_of("CG", "刚果(布)", "Republic of the Congo", """
        Brazza Auto Services | Avenue Foch 44, Brazzaville | 布拉柴汽车服务公司 | 刚果(布)布拉柴维尔市福煦大街44号 | Jean Malonga | +242 22 281 33 10
    """),
    place_of("CI", "科特迪瓦", "Côte d'Ivoire", """
        Abidjan Auto Services SARL | Boulevard de Marseille 18, Abidjan | 阿比让汽车服务公司 | 科特迪瓦阿比让市马赛大道18号 | Aya Kouassi | +225 27 21 35 40 50
    """),
    place_of("SN", "塞内加尔", "Senegal", """
        Téranga Auto SARL | Route de Rufisque km 5, Dakar | 特兰加汽车公司 | 塞内加尔达喀尔市鲁菲斯克路5公里处 | Awa Ndiaye | +221 33 832 14 77
    """),
    place_of("ML", "马里", "Mali", """
        Bamako Mécanique SARL | Rue 305, Badalabougou, Bamako | 巴马科汽修公司 | 马里巴马科市巴达拉布古区305街 | Moussa Traoré | +223 20 22 61 08
    """),
    place_of("GQ", "赤道几内亚", "Equatorial Guinea", """
        Talleres Bioko S.L. | Calle de Argelia 9, Malabo | 比奥科汽修公司 | 赤道几内亚马拉博市阿尔及利亚街9号 | José Obiang | +240 333 09 21 45
    """),
    place_of("VN", "越南", "Viet Nam", """
        Công ty TNHH Dịch vụ Ô tô Sông Hồng | 25 Giải Phóng, Hà Nội | 红河汽车服务有限公司 | 越南河内市解放路25号 | Nguyễn Văn Hải | +84 24 3869 1200
        Công ty TNHH Ô tô Sài Gòn Xanh | 410 Nguyễn Thị Minh Khai, TP. Hồ Chí Minh | 西贡绿色汽车公司 | 越南胡志明市阮氏明开街410号 | Trần Thị Mai | +84 28 3930 2211
    """),
    place_of("LA", "老挝", "Laos", """
        Mekong Auto Service Co., Ltd. | Thadeua Road km 4, Vientiane | 湄公河汽车服务公司 | 老挝万象市塔德瓦路4公里处 | Somphone Vong | +856 21 312 480
    """),
    place_of("KH", "柬埔寨", "Cambodia", """
        Angkor Motors Service | Street 271 No. 88, Phnom Penh | 吴哥汽车服务公司 | 柬埔寨金边市271街88号 | Sok Chan | +855 23 216 540
    """),
    place_of("MM", "缅甸", "Myanmar", """
        Irrawaddy Auto Workshop | No. 56 Pyay Road, Yangon | 伊洛瓦底汽修厂 | 缅甸仰光市卑谬路56号 | Aung Ko | +95 1 534 221
    """),
    place_of("PH", "菲律宾", "Philippines", """
        Luzon EV Services Inc. | 128 Quezon Avenue, Quezon City | 吕宋电动车服务公司 | 菲律宾奎松市奎松大道128号 | Maria Santos | +63 2 8371 4400
    """),
    place_of("MY", "马来西亚", "Malaysia", """
        Selat Auto Servis Sdn. Bhd. | 12 Jalan Kuchai Lama, Kuala Lumpur | 海峡汽车服务公司 | 马来西亚吉隆坡市旧古仔路12号 | Lim Wei Ming | +60 3 7982 1450
    """),
    place_of("IN", "印度", "India", """
        Deccan Auto Care Pvt. Ltd. | 47 Residency Road, Bengaluru | 德干汽车养护公司 | 印度班加罗尔市驻地路47号 | Ravi Kumar | +91 80 2558 3010
    """),
    place_of("PE", "秘鲁", "Peru", """
        Taller Andino S.A.C. | Av. Javier Prado Este 1560, Lima | 安第斯汽修公司 | 秘鲁利马市哈维尔普拉多东大街1560号 | Luis Quispe | +51 1 224 6180
    """),
    place_of("CO", "哥伦比亚", "Colombia", """
        Autoservicio El Dorado S.A.S. | Carrera 68 No. 13-51, Bogotá | 黄金国汽车服务公司 | 哥伦比亚波哥大市68道13-51号 | Andrés Gómez | +57 601 412 7730
    """),
    place_of("BR", "巴西", "Brazil", """
        Oficina Ipiranga Ltda. | Avenida Nazaré 1410, São Paulo | 伊皮兰加汽修公司 | 巴西圣保罗市拿撒勒大街1410号 | João Ferreira | +55 11 2063 8840
    """),
    place_of("RS", "塞尔维亚", "Serbia", """
        Dunav Auto Servis d.o.o. | Bulevar oslobođenja 77, Novi Sad | 多瑙河汽车服务公司 | 塞尔维亚诺维萨德市解放大道77号 | Marko Jovanović | +381 21 472 1180
    """),
)  # fmt: skip
