#include "repair/document_model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hoidau {
namespace {

class DocumentModelTest : public ::testing::Test {
 protected:
  const NgramModel& lm() {
    static const Result<NgramModel> lm = NgramModel::Open(HOIDAU_SOURCE_DIR "/models/recovery.lm");
    return *lm;
  }
  WordId id(const char* word) { return lm().Find(word); }
};

TEST_F(DocumentModelTest, WithoutADocumentNothingChanges) {
  const DocumentModel own(lm());
  EXPECT_FLOAT_EQ(own.Mix(-3.5F, id("tân"), id("hội")), -3.5F);
}

TEST_F(DocumentModelTest, WhatTheDocumentSaysIsLikelierWithinIt) {
  DocumentModel own(lm());
  for (int i = 0; i < 6; ++i) {
    own.Add(kSentenceBegin, id("tân"), 1);
    own.Add(id("tân"), id("hội"), 0.9F);
    own.Add(id("tân"), id("hồi"), 0.1F);
  }
  const float log_p = std::log(0.01F);
  const float said = own.Mix(log_p, id("tân"), id("hội"));
  EXPECT_GT(said, log_p);
  EXPECT_GT(said, own.Mix(log_p, id("tân"), id("hồi")));
  EXPECT_GT(said, own.Mix(log_p, id("xã"), id("hội"))) << "after another word";
  EXPECT_LT(own.Mix(log_p, id("tân"), id("xã")), log_p) << "never said";
  EXPECT_FLOAT_EQ(own.Mix(log_p, id("tân"), kUnknownWord), log_p) << "unknown words say nothing";
}

TEST_F(DocumentModelTest, WhatIsTakenBackIsGone) {
  DocumentModel own(lm());
  for (int i = 0; i < 20; ++i) own.Add(kSentenceBegin, id("xã"), 1);
  const float before = own.Mix(-4, id("tân"), id("hội"));
  own.Add(id("tân"), id("hội"), 0.7F);
  EXPECT_GT(own.Mix(-4, id("tân"), id("hội")), before);
  own.Add(id("tân"), id("hội"), -0.7F);
  EXPECT_NEAR(own.Mix(-4, id("tân"), id("hội")), before, 1e-4);
}

}  // namespace
}  // namespace hoidau
