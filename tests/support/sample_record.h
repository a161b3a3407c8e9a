// A record in which every field has a value, and an empty one: what tests of JSON, schema and summary start from.
//
//   ToJson(SampleRecord());
//
// Thread safety: pure. Limits: the document is invented.
#ifndef HOIDAU_TESTS_SUPPORT_SAMPLE_RECORD_H_
#define HOIDAU_TESTS_SUPPORT_SAMPLE_RECORD_H_

#include <string>
#include <string_view>

#include "doc/record.h"

namespace hoidau {

inline Record SampleRecord() {
  Record r;
  r.text =
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 15/KH-UBND\nLộc Vân, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nPhòng, chống thiên "
      "tai năm 2026\n"
      "Căn cứ Luật Phòng, chống thiên tai năm 2013;\nI. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế\n- Tham mưu tối thiểu 02 "
      "phương án trước ngày 15/4/2026, báo "
      "cáo UBND xã.\n- Hội nghị sáng ngày 10/4/2026 tại hội trường.\nNguyễn Văn Thử\f😀 trang hai\n";
  const auto span = [&](std::string_view value) {
    const std::size_t at = r.text.find(value);
    return MakeSpan(at, at + value.size());
  };
  const DateValue issued{.text = "ngày 05 tháng 3 năm 2026",
                         .kind = "day",
                         .value = "2026-03-05",
                         .span = span("ngày 05 tháng 3 năm 2026")};
  const DateValue before{.text = "trước ngày 15/4/2026",
                         .kind = "before",
                         .value = "../2026-04-14",
                         .end = "2026-04-14",
                         .span = span("trước ngày 15/4/2026")};
  const DateValue morning{.text = "sáng ngày 10/4/2026",
                          .kind = "day",
                          .value = "2026-04-10",
                          .part_of_day = "morning",
                          .time = "08:00",
                          .span = span("sáng ngày 10/4/2026")};
  const DateValue in_name{
      .text = "năm 2013", .kind = "year", .value = "2013", .in_name = true, .span = span("năm 2013")};
  r.source = {.file = "kế hoạch 15.pdf",
              .sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
              .pages = 2,
              .kind = SourceKind::kScannedPdf,
              .text_origin = TextOrigin::kCombined,
              .encoding = "utf-8"};
  Metadata& m = r.metadata;
  m.issuer = {.name = "Ủy ban nhân dân xã Lộc Vân",
              .parent = "Ủy ban nhân dân tỉnh An Bình",
              .place = {.name = "xã Lộc Vân", .province = "An Bình", .code = "01234"}};
  m.number = "15";
  m.symbol = "15/KH-UBND";
  m.type = "Kế hoạch";
  m.type_code = "KH";
  m.place = "Lộc Vân";
  m.date = issued;
  m.signed_on = "2026-03-06";
  m.subject = "Phòng, chống thiên tai năm 2026";
  m.addressees = {"Các thôn"};
  m.recipients = {"Như trên", "Lưu: VT"};
  m.signature = {.authority = "TM. ỦY BAN NHÂN DÂN",
                 .on_behalf = "KT. CHỦ TỊCH",
                 .position = "PHÓ CHỦ TỊCH",
                 .name = "Nguyễn Văn Thử"};
  m.digital_signatures = {
      {.signer = "Ủy ban nhân dân xã Lộc Vân", .email = "vanthu@example.vn", .time = "2026-03-06T14:01:32+07:00"}};
  r.references = {{.type = "Luật",
                   .symbol = std::nullopt,
                   .title = "Luật Phòng, chống thiên tai",
                   .date = "2013",
                   .issuer = "Quốc hội",
                   .mentions = {span("Luật Phòng, chống thiên tai năm 2013")}}};
  r.sections = {{.id = "I",
                 .label = "I.",
                 .title = "TỔ CHỨC THỰC HIỆN",
                 .role = "implementation",
                 .level = 1,
                 .span = MakeSpan(r.text.find("I. TỔ"), r.text.find("Nguyễn")),
                 .children = {}}};
  r.sections[0].children = {{.id = "I.1",
                             .label = "1.",
                             .title = "Phòng Kinh tế",
                             .role = "unit",
                             .level = 2,
                             .span = MakeSpan(r.text.find("1. Phòng"), r.text.find("Nguyễn")),
                             .children = {}}};
  r.tasks = {{.id = "I.1#1",
              .section = "I.1",
              .kind = "assigned",
              .assignees = {{.unit = "u2", .name = "Phòng Kinh tế", .role = "lead"}},
              .requested = false,
              .action = "Tham mưu tối thiểu 02 phương án trước ngày 15/4/2026, báo cáo UBND xã.",
              .when = before,
              .when_from = "own",
              .due = "2026-04-14",
              .report_to = {"UBND xã"},
              .span = span("Tham mưu tối thiểu 02 phương án trước ngày 15/4/2026, báo cáo UBND xã."),
              .confidence = 0.97}};
  r.events = {{.id = "e1",
               .title = "Hội nghị",
               .when = morning,
               .where = "hội trường",
               .section = "I.1",
               .part_of = std::nullopt,
               .span = span("Hội nghị")}};
  r.dates = {issued, in_name, before, morning};
  r.units = {{.id = "u1",
              .name = "Ủy ban nhân dân xã Lộc Vân",
              .collective = false,
              .roles = {"issue", "receive"},
              .mentions = {span("UBND xã")}},
             {.id = "u2",
              .name = "Phòng Kinh tế",
              .collective = false,
              .roles = {"lead"},
              .mentions = {span("Phòng Kinh tế")}}};
  r.quantities = {{.text = "tối thiểu 02 phương án",
                   .value = 2,
                   .bound = "min",
                   .of = "phương án",
                   .span = span("tối thiểu 02 phương án")},
                  {.text = "0,5 %", .value = 0.5, .bound = "approx", .of = "%", .span = {}}};
  r.pages = {{.number = 1,
              .width = 1654,
              .height = 2339,
              .source = PageSource::kBoth,
              .reason = "the layer is poor",
              .marks = {{.kind = MarkKind::kIncomingStamp,
                         .box = {10, 20, 300, 120.5F},
                         .text = "ĐẾN",
                         .number = "214",
                         .date = "2026-03-07"}},
              .lines = {{.span = span("KẾ HOẠCH"),
                         .box = {700, 300, 950, 330},
                         .tokens = {{.span = span("KẾ"),
                                     .observed = "KE",
                                     .text = "KẾ",
                                     .confidence = 0.75F,
                                     .box = {700, 300, 760, 330},
                                     .alternatives = {{.text = "KỂ", .confidence = 0.25F}},
                                     .unsure = true},
                                    {.span = span("HOẠCH"),
                                     .observed = "HOACH",
                                     .text = "HOẠCH",
                                     .confidence = 0.9999F,
                                     .box = {770, 300, 950, 330},
                                     .alternatives = {}}}}}},
             {.number = 2,
              .source = PageSource::kText,
              .reason = "",
              .marks = {},
              .lines = {{.span = span("😀 trang hai"), .box = {}, .tokens = {}}}}};
  r.issues = {{.stage = "ocr", .page = 1, .code = "low-confidence", .message = "1 of 2 words"},
              {.stage = "extract", .page = 0, .code = "no-signature", .message = "none found"}};
  r.evidence = {{"/metadata/number", {.span = span("15/KH-UBND"), .confidence = 0.98, .rule = "head.number"}},
                {"/metadata/issuer/place/province",
                 {.span = std::nullopt, .confidence = 0.5, .rule = "gazetteer", .inferred = true}}};
  return r;
}

}  // namespace hoidau

#endif  // HOIDAU_TESTS_SUPPORT_SAMPLE_RECORD_H_
