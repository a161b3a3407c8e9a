#include "ingest/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hoidau {
namespace {

using ::testing::HasSubstr;

const std::string kVietnamese =
    "Thực hiện Kế hoạch của Ủy ban nhân dân huyện về việc tổ chức ngày hội chuyển đổi số, Ủy ban nhân dân xã xây dựng "
    "kế "
    "hoạch triển khai trên địa bàn như sau:\n";
// As engines without Vietnamese write it.
const std::string kGarbage =
    "Thirc hien K~ hoach cila Uy ban nhan dan huyen ve viec t6 chirc ngay h(>i chuyen d6i s6, Uy ban nhan dan xa xay "
    "d\\rng ke hoach trien khai tren dia ban nhir sau:\n";
const std::string kUnmarked =
    "Thuc hien Ke hoach cua Uy ban nhan dan huyen ve viec to chuc ngay hoi chuyen doi so, Uy ban nhan dan xa xay dung "
    "ke "
    "hoach trien khai tren dia ban nhu sau:\n";
const std::string kShapeless =
    "qxzf wkjr ptlq bvnm zzrt qwpk lmnb vcxz rtyp sdfg hjkl qwrt zxcv bnmp lkjh gfds trwq pmnb vcxz hgfd klpt\n";

struct Case {
  const char* name;
  std::string layer;
  float image_cover;
  LayerMode mode;
  PageSource use;
  const char* reason;
};

TEST(JudgeTextLayer, Table) {
  const Case cases[] = {
      {"word processor", kVietnamese, 0.02F, LayerMode::kAuto, PageSource::kTextLayer, "drawn text"},
      {"drawn without marks: recovery's work, not OCR's", kUnmarked, 0, LayerMode::kAuto, PageSource::kTextLayer,
       "drawn text"},
      {"drawn with a font that hides its letters", kShapeless, 0, LayerMode::kAuto, PageSource::kOcr, "cannot be read"},
      {"drawn, one line", "Phụ lục\n", 0, LayerMode::kAuto, PageSource::kTextLayer, "drawn text"},
      {"good OCR layer", kVietnamese, 0.98F, LayerMode::kAuto, PageSource::kTextLayer, "Vietnamese text layer"},
      {"bad OCR layer", kGarbage, 0.98F, LayerMode::kAuto, PageSource::kOcr, "not Vietnamese"},
      {"OCR layer without marks", kUnmarked, 0.98F, LayerMode::kAuto, PageSource::kOcr, "0 % have marks"},
      {"scan with a signature's note", "Ký bởi: Ủy ban nhân dân tỉnh\n", 0.98F, LayerMode::kAuto, PageSource::kOcr,
       "only 7 words"},
      {"scan", "", 1, LayerMode::kAuto, PageSource::kOcr, "scan without a text layer"},
      {"drawing without text", "", 0, LayerMode::kAuto, PageSource::kOcr, "no text layer"},
      {"skip keeps even a bad layer", kGarbage, 1, LayerMode::kSkip, PageSource::kTextLayer, "skipped"},
      {"skip reads what has none", "", 1, LayerMode::kSkip, PageSource::kOcr, "without"},
      {"redo reads good scans again", kVietnamese, 1, LayerMode::kRedo, PageSource::kOcr, "redone"},
      {"redo keeps drawn text", kVietnamese, 0, LayerMode::kRedo, PageSource::kTextLayer, "drawn text"},
      {"force reads everything", kVietnamese, 0, LayerMode::kForce, PageSource::kOcr, "forced"},
      {"a layer that lost half of its marks is a witness", kVietnamese + kUnmarked, 1, LayerMode::kAuto,
       PageSource::kBoth, "not Vietnamese"},
      {"both reads good scans again, too", kVietnamese, 1, LayerMode::kBoth, PageSource::kBoth, "beside OCR"},
      {"both keeps drawn text", kVietnamese, 0, LayerMode::kBoth, PageSource::kTextLayer, "drawn text"},
      {"both without a layer is OCR", "", 1, LayerMode::kBoth, PageSource::kOcr, "without"},
      {"off reads nothing", "", 1, LayerMode::kOff, PageSource::kTextLayer, "off"},
  };
  for (const Case& c : cases) {
    const TextLayerVerdict verdict = JudgeTextLayer(c.layer, c.image_cover, c.mode);
    EXPECT_EQ(verdict.use, c.use) << c.name << ": " << verdict.reason;
    EXPECT_THAT(verdict.reason, HasSubstr(c.reason)) << c.name;
  }
}

TEST(MeasureText, CountsWordsOfTwoLetters) {
  const TextTraits traits = MeasureText("Kế hoạch số 15 a Facebook");
  EXPECT_EQ(traits.words, 4);
  EXPECT_DOUBLE_EQ(traits.syllables, 0.75);
  EXPECT_DOUBLE_EQ(traits.marked, 0.75);
  EXPECT_EQ(MeasureText("").words, 0);
}

TEST(MeasureText, DecomposedTextIsTheSame) { EXPECT_DOUBLE_EQ(MeasureText("Kê\u0301 hoa\u0323ch").marked, 1); }

}  // namespace
}  // namespace hoidau
