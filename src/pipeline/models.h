// Where the models are.
//
//   Result<std::string> dir = FindModels("");   // "…/share/hoidau/models"
//
// Thread safety: pure, but for the environment. Limits: Linux (/proc/self/exe).
#ifndef HOIDAU_PIPELINE_MODELS_H_
#define HOIDAU_PIPELINE_MODELS_H_

#include <string>

#include "base/result.h"

namespace hoidau {

// The first of: `wanted`, $HOIDAU_MODELS (either must be a models folder where it is given), models/ beside the program
// (build tree), ../share/hoidau/models (installed), the folder of the installation. kMissing.
Result<std::string> FindModels(const std::string& wanted);

}  // namespace hoidau

#endif  // HOIDAU_PIPELINE_MODELS_H_
