#!/usr/bin/env python3
"""Writes training text for what running text lacks: names of communes, heads, signature blocks and recipients.

usage: make_heads.py LISTS_DIR > head__places.txt

The names are facts from public lists (communes and districts before and since July 2025, parts of personal names);
the lines around them are the fixed formulas of Decree 30/2020/NĐ-CP, its Annex I, and our own words. Deterministic.
One line a formula, as an n-gram model wants it.
"""
import csv
import os
import random
import sys

OFFICES = ["Văn phòng HĐND và UBND", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Trung tâm Phục vụ hành chính công",
           "Ban Chỉ huy Quân sự", "Công an", "Trạm Y tế", "Trường Tiểu học", "Trường Trung học cơ sở", "Trường Mầm non",
           "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Đoàn Thanh niên", "Ủy ban Mặt trận Tổ quốc Việt Nam",
           "Hợp tác xã Nông nghiệp", "Đảng ủy", "Thường trực HĐND", "Đài Truyền thanh", "Trung tâm Dịch vụ tổng hợp"]
TYPES = [("KẾ HOẠCH", "KH"), ("QUYẾT ĐỊNH", "QĐ"), ("THÔNG BÁO", "TB"), ("BÁO CÁO", "BC"), ("CHƯƠNG TRÌNH", "CTr"),
         ("TỜ TRÌNH", "TTr"), ("PHƯƠNG ÁN", "PA"), ("NGHỊ QUYẾT", "NQ"), ("HƯỚNG DẪN", "HD"), ("GIẤY MỜI", "GM")]
POSITIONS = ["CHỦ TỊCH", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "TL. CHỦ TỊCH CHÁNH VĂN PHÒNG", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
             "Q. CHỦ TỊCH", "TUQ. CHỦ TỊCH TRƯỞNG PHÒNG"]
RECIPIENTS = ["- Như trên;", "- Như Điều 3;", "- TT. Đảng ủy, HĐND xã;", "- TT Đảng ủy, TT HĐND xã (b/c);", "- Chủ tịch, các PCT UBND xã;",
              "- Các phòng, ban, đơn vị thuộc xã;", "- Các ban, ngành, đoàn thể xã;", "- Trưởng các thôn;", "- Các trường học trên địa bàn;",
              "- Lưu: VT, KT.", "- Lưu: VT, VHXH.", "- Lưu: VT, VP.", "- UBND huyện (b/c);", "- Các thành viên Ban Chỉ đạo;", "- Lưu VT."]


def names(path):
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip()]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.splitlines()[2])
    lists = sys.argv[1]
    draw = random.Random(30)

    def table(name):
        with open(os.path.join(lists, name), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t"))

    communes = {(r["name"], "", r["province"]) for r in table("admin_2025_wards.tsv")}
    communes |= {(r["name"], r["district"], r["province"]) for r in table("admin_2025-03_wards_dvhcvn.tsv")}
    parts = [names(os.path.join(lists, f"names_{p}.txt")) for p in ("family", "middle", "given")]

    def person():
        return " ".join(draw.choice(p) for p in parts)

    for name, district, province in sorted(communes):
        short = name.split(" ", 1)[1]
        day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(2015, 2026)
        kind, code = draw.choice(TYPES)
        number = draw.randint(1, 400)
        within = f"{name}, {district}, {province}" if district else f"{name}, {province}"
        print(f"ỦY BAN NHÂN DÂN {name.upper()}")
        if district:
            print(f"UBND {district.upper()}")
        print(f"{kind} Số: {number:02d}/{code}-UBND")
        print(f"{short}, ngày {day:02d} tháng {month} năm {year}")
        print(f"Ủy ban nhân dân {name} ban hành {kind.capitalize()}, cụ thể như sau:")
        print(f"trên địa bàn {within}")
        office = draw.choice(OFFICES)
        print(f"{office} {name[0].lower() + name[1:]} chủ trì, phối hợp với {draw.choice(OFFICES)} triển khai thực hiện")
        if draw.random() < 0.3:
            print("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            print("Độc lập - Tự do - Hạnh phúc")
            print(f"TM. ỦY BAN NHÂN DÂN {draw.choice(POSITIONS)}")
        print(f"TM. ỦY BAN NHÂN DÂN {draw.choice(POSITIONS)} {person()}" if draw.random() < 0.4 else person())
        if draw.random() < 0.3:
            print("Nơi nhận: " + " ".join(draw.sample(RECIPIENTS, 4)))


if __name__ == "__main__":
    main()
