// From rounds to a table for people, and JSON for programs.
#include "bench/report.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace bench {

namespace {

double median_of(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const std::size_t middle = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
}

double median_of(const std::vector<Round>& rounds, double Round::*field) {
  std::vector<double> numbers;
  numbers.reserve(rounds.size());
  for (const auto& round : rounds) numbers.push_back(round.*field);
  return median_of(std::move(numbers));
}

Round medians_of(const std::vector<Round>& rounds) {
  return {median_of(rounds, &Round::median), median_of(rounds, &Round::mean),
          median_of(rounds, &Round::pages_written)};
}

std::string size_name(std::size_t bytes) {
  if (bytes == 0) return "-";
  return bytes < 1024 ? std::to_string(bytes) + " B" : std::to_string(bytes / 1024) + " KiB";
}

}  // namespace

Result::Result(const Workload& what, std::size_t bytes, const std::vector<Round>& larder_rounds,
               const std::vector<Round>& hand_rounds)
    : workload(what),
      value_size(bytes),
      larder(medians_of(larder_rounds)),
      hand(medians_of(hand_rounds)) {
  std::vector<double> ratios;
  std::vector<double> mean_ratios;
  for (std::size_t i = 0; i < larder_rounds.size(); ++i) {
    ratios.push_back(larder_rounds[i].median / hand_rounds[i].median);
    mean_ratios.push_back(larder_rounds[i].mean / hand_rounds[i].mean);
  }
  lowest = *std::min_element(ratios.begin(), ratios.end());
  highest = *std::max_element(ratios.begin(), ratios.end());
  ratio = median_of(std::move(ratios));
  mean_ratio = median_of(std::move(mean_ratios));
}

void print_head(int keys, int rounds) {
  std::printf("Larder against hand-written SQL in C: %d keys, %d rounds, SQLite %s\n", keys, rounds,
              sqlite3_libversion());
  std::printf("us = median of one operation; frames = WAL frames an operation;\n");
  std::printf(
      "ratio = Larder / hand (lowest - highest of the rounds); mean = the same of mean times\n\n");
  std::printf("%-3s %-29s %6s %9s %9s %6s %-15s %6s %6s  %-5s %s\n", "#", "workload", "value",
              "Larder us", "hand us", "ratio", "", "mean", "bar", "", "frames");
}

void print(const Result& r) {
  std::printf("%-3s %-29s %6s %9.2f %9.2f %6.2f (%.2f - %.2f)%*s %6.2f %6.2f  %-5s",
              std::string(r.workload.id).c_str(), std::string(r.workload.name).c_str(),
              size_name(r.value_size).c_str(), r.larder.median, r.hand.median, r.ratio, r.lowest,
              r.highest, 2, "", r.mean_ratio, r.workload.bar,
              r.is_over() ? "OVER" : (r.workload.bar > 0 ? "OK" : "shown"));
  if (r.workload.writes())
    std::printf(" %.2f : %.2f", r.larder.pages_written, r.hand.pages_written);
  std::printf("\n");
  std::fflush(stdout);
}

void print_foot(const std::vector<Result>& results) {
  const auto over = std::count_if(results.begin(), results.end(),
                                  [](const Result& result) { return result.is_over(); });
  const auto open = std::count_if(results.begin(), results.end(), [](const Result& result) {
    return result.lowest <= result.workload.bar && result.workload.bar <= result.highest;
  });
  std::printf(
      "\n%zu measured, %td over the bar; %td undecided: their rounds lie on both sides of it\n",
      results.size(), over, open);
}

void write_json(const std::string& path, const std::vector<Result>& results) {
  std::ofstream file(path);
  const auto side = [&](const char* name, const Round& round) {
    file << ", \"" << name << "\": {\"median_us\": " << round.median
         << ", \"mean_us\": " << round.mean << ", \"frames\": " << round.pages_written << "}";
  };
  file << "[";
  const char* separator = "\n";
  for (const auto& result : results) {
    file << separator << "{\"workload\": \"" << result.workload.id << "\", \"name\": \""
         << result.workload.name << "\", \"value_bytes\": " << result.value_size
         << ", \"bar\": " << result.workload.bar << ", \"ratio\": " << result.ratio
         << ", \"lowest\": " << result.lowest << ", \"highest\": " << result.highest
         << ", \"mean_ratio\": " << result.mean_ratio;
    side("larder", result.larder);
    side("hand", result.hand);
    file << "}";
    separator = ",\n";
  }
  file << "\n]\n";
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path);
}

}  // namespace bench
