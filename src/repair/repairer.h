// One recovery at work: the state that its steps share (readings.cc builds the lattice, repair.cc decodes, finish.cc
// writes down the result).
#ifndef HOIDAU_REPAIR_REPAIRER_H_
#define HOIDAU_REPAIR_REPAIRER_H_

#include <initializer_list>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "repair/atoms.h"
#include "repair/candidates.h"
#include "repair/damage.h"
#include "repair/document_model.h"
#include "repair/evidence.h"
#include "repair/lattice.h"
#include "repair/model.h"

namespace hoidau {

struct RepairScratch::Impl {
  std::unordered_map<std::u32string, std::vector<Reading>> cache;  // by damage, shape and letters
  const RepairModel::Impl* cache_of = nullptr;                     // what the cache was filled with
  int cache_max_edit = 0, cache_candidates = 0;
  std::optional<CandidateSearch> search;
  DecodeScratch decode;
  DecodeResult result;
  Lattice lattice;
  WordJudge::Sentence sentence;
  WordJudge::Scratch judge;
};

class Repairer {
 public:
  Repairer(const Document& document, const RepairModel::Impl& model, RepairScratch::Impl& scratch,
           const RepairOptions& options);

  RecoveredDocument Run();

  // After Run: whether some paragraph had lost more than its marks.
  bool heavy() const;

 private:
  // What an arc of the lattice says.
  struct ArcReading {
    std::string text;                // as it will be written
    std::size_t begin = 0, end = 0;  // atoms
    bool identity = false;
  };
  struct Chosen {  // one reading of the best path
    std::size_t begin, end;
    std::string text;
    float confidence;
    std::vector<Candidate> alternatives;
    bool identity;
    std::string reason;
    std::vector<std::pair<WordId, float>> words;  // the model's words that it may be, with their posteriors
  };

  struct Likely {  // of a lattice after the first pass
    std::vector<Arc> arcs;
    std::vector<ArcReading> readings;
  };

  void JudgeDamage();
  void JudgeLostLetters();
  // The lattice of a paragraph, in scratch_.lattice and readings_: its own, or what the first pass left of it.
  void BuildLattice(std::size_t index);
  void KeepLikely(std::size_t index);
  void HearNeighbours(Damage damage);
  void HearHabits(float weight);
  void HearJudge(float weight);
  void DecodeParagraph(std::size_t index);
  std::string Explain(const Arc& arc, float model, const Chosen& chosen, Damage damage) const;
  void LearnTrust();
  void HearLight();
  void KeepSpelling();
  void CountInitials();
  void CountPairs(std::size_t paragraph, float sign);
  bool IsOpen(std::size_t paragraph) const;
  void DecodeAgain();
  bool IsAuthority(std::size_t at) const;
  bool HasOpenAcronym(const Paragraph& paragraph, Damage damage) const;
  void AddReadings(std::size_t begin, std::size_t at, Damage damage);
  void AddWordReadings(std::size_t begin, std::size_t at, std::size_t end, Damage damage);
  void AddAcronyms(std::size_t begin, std::size_t at, Damage damage);
  void AddArc(std::size_t begin, std::size_t at, std::size_t end, std::string text, float cost,
              std::initializer_list<WordId> words, bool identity);
  const std::vector<Reading>& Readings(std::u32string_view letters, Shape shape, Damage damage);
  std::string_view Raw(std::size_t begin, std::size_t end) const;
  void DropJunk();
  void MendLabels();
  void Calibrate();
  void Emit(RecoveredDocument& out) const;

  const Document& document_;
  const RepairModel::Impl& model_;
  RepairScratch::Impl& scratch_;
  const RepairOptions& options_;
  AtomizedDocument atomized_;
  std::optional<Evidence> evidence_;  // of what was read, once it is atomized
  std::vector<Damage> damage_;        // of each paragraph
  LostLetters lost_ = LostLetters::kSome;
  float trust_ = 0;  // nats that light damage gives to what stands there, beyond the channel's own
  std::unordered_set<std::string> user_words_;                               // lower case
  std::unordered_map<std::string, std::vector<std::string>> user_stripped_;  // without marks → as the user writes it
  std::vector<ArcReading> readings_;                                         // of the lattice under construction
  std::vector<std::vector<Chosen>> chosen_;                                  // by paragraph
  std::vector<Likely> likely_;                                               // by paragraph; empty where all is certain
  DocumentModel own_;                                                        // what the document says elsewhere
  bool own_known_ = false;
  std::unordered_map<std::string, int> initials_;  // capitals that stand for a phrase of this document, with its count
};

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_REPAIRER_H_
