// Writes a back-off model as the file that NgramModel reads (lm/model_format.h): probabilities quantised to 8 bits,
// then back-off weights computed for what the quantised probabilities leave, and quantised.
//
//   Status written = WriteFileAtomic("models/recovery.lm", ModelBytes(model));
#ifndef HOIDAU_TOOLS_TRAIN_MODEL_WRITER_H_
#define HOIDAU_TOOLS_TRAIN_MODEL_WRITER_H_

#include <string>

#include "kneser_ney.h"

namespace hoidau {

// REQUIRES: order 2 to 4, at most 65,535 tokens.
std::string ModelBytes(const BackoffModel& model);

}  // namespace hoidau

#endif  // HOIDAU_TOOLS_TRAIN_MODEL_WRITER_H_
