#include "emit/nd30.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace hoidau {
namespace {

using Json = nlohmann::json;

Record Letter() {
  Record record;
  record.source.pages = 2;
  record.metadata.type = "Công văn";
  record.metadata.type_code = "CV";
  record.metadata.number = "318";
  record.metadata.symbol = "318/UBND-KT";
  record.metadata.date = DateValue{};
  record.metadata.date->kind = "day";
  record.metadata.date->value = "2026-01-19";
  record.metadata.issuer.name = "Ủy ban nhân dân xã Thạnh Lộc";
  record.metadata.addressees = {"Các phòng chuyên môn"};
  record.metadata.recipients = {"Như trên", "Lưu: VT"};
  record.metadata.signature.name = "Đoàn Minh An";
  record.tasks.resize(2);
  record.tasks[0].due = "2026-02-10";
  return record;
}

TEST(Nd30, NamesOfTheAnnex) {
  const Json out = Json::parse(ToNd30(Letter()));
  EXPECT_EQ(out["TypeName"], "Công văn");
  EXPECT_EQ(out["CodeNumber"], "318");
  EXPECT_EQ(out["CodeNotation"], "UBND-KT");
  EXPECT_EQ(out["IssuedDate"], "19/01/2026");
  EXPECT_EQ(out["OrganName"], "Ủy ban nhân dân xã Thạnh Lộc");
  EXPECT_EQ(out["PageAmount"], 2);
  EXPECT_EQ(out["SignerInfo"]["FullName"], "Đoàn Minh An");
  EXPECT_TRUE(out["SignerInfo"]["Position"].is_null());
  EXPECT_EQ(out["To"].size(), 1U);
  EXPECT_EQ(out["To"][0]["OrganName"], "Các phòng chuyên môn");
  EXPECT_EQ(out["DueDate"], "10/02/2026");
}

TEST(Nd30, WhatIsNotSaidIsNull) {
  Record record = Letter();
  record.metadata.number.reset();
  record.metadata.symbol = "/KH-UBND";
  record.metadata.date->kind = "month";
  record.metadata.date->incomplete = true;
  record.tasks[1].due = "2026-03-10";
  const Json out = Json::parse(ToNd30(record));
  EXPECT_TRUE(out["CodeNumber"].is_null());
  EXPECT_EQ(out["CodeNotation"], "KH-UBND");
  EXPECT_TRUE(out["IssuedDate"].is_null());
  EXPECT_TRUE(out["DueDate"].is_null()) << "two dates are no answer's date";
}

TEST(Nd30, CutsAtAWord) {
  Record record;
  std::string subject;
  for (int i = 0; i < 200; ++i) subject += "nghị ";
  record.metadata.subject = subject;
  const std::string out = Json::parse(ToNd30(record))["Subject"];
  EXPECT_LE(out.size(), 500U * 3);
  EXPECT_TRUE(out.ends_with("nghị"));
}

}  // namespace
}  // namespace hoidau
