// A program of somebody else that uses the installed library: the example of README.md.
#include <hoidau/doc/record_json.h>
#include <hoidau/pipeline/hoidau.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 3) return 1;
  const auto pipeline = hoidau::Pipeline::Load({.models_dir = argv[1]});
  if (!pipeline) {
    std::cerr << pipeline.error().message << "\n";
    return 2;
  }
  const auto record = pipeline->Process(argv[2]);
  if (!record) {
    std::cerr << record.error().message << "\n";
    return 3;
  }
  std::cout << record->metadata.symbol.value_or("-") << "\n";
  for (const hoidau::Task& task : record->tasks) std::cout << task.due.value_or("-") << " " << task.action << "\n";
  return hoidau::RecordFromJson(hoidau::ToJson(*record)).ok() ? 0 : 4;
}
