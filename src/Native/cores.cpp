#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include "runtime.h"

namespace fovea {
namespace {

int affinity_cores() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(CPU_COUNT(&set), 1);
  return std::max(static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN)), 1);  // more than 1024 processors
}

// "max 100000" or "150000 100000" (quota and period, in microseconds): cores, or infinity.
double quota_v2(const std::string& folder) {
  std::ifstream file(folder + "/cpu.max");
  std::string quota;
  double period = 0;
  if (!(file >> quota >> period) || quota == "max" || !(period > 0)) return INFINITY;
  return std::strtod(quota.c_str(), nullptr) / period;
}

double quota_v1(const std::string& folder) {
  std::ifstream quota_file(folder + "/cpu.cfs_quota_us"), period_file(folder + "/cpu.cfs_period_us");
  double quota = 0, period = 0;
  if (!(quota_file >> quota) || !(period_file >> period) || quota <= 0 || !(period > 0)) return INFINITY;
  return quota / period;
}

// Every group up to the root may have a quota; the smallest counts. Inside a container the path may be that of the host
// and not be there, so the root is looked at in any case.
template <typename Quota>
double smallest(const std::string& root, std::string path, Quota quota) {
  double cores = quota(root);
  while (path.size() > 1) {
    cores = std::min(cores, quota(root + path));
    path.resize(path.rfind('/'));
  }
  return cores;
}

double quota_cores() {
  std::ifstream groups("/proc/self/cgroup");
  double cores = INFINITY;
  for (std::string line; std::getline(groups, line);) {
    const size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
    if (path.empty() || path[0] != '/') continue;
    if (controllers.empty()) {
      cores = std::min(cores, smallest("/sys/fs/cgroup", path, quota_v2));
    } else {
      std::istringstream names(controllers);
      for (std::string name; std::getline(names, name, ',');) {
        if (name == "cpu") cores = std::min(cores, smallest("/sys/fs/cgroup/cpu", path, quota_v1));
      }
    }
  }
  return cores;
}

}  // namespace

int available_cores() {
  const int cores = affinity_cores();
  const double quota = quota_cores();
  return quota < cores ? std::max(static_cast<int>(std::ceil(quota)), 1) : cores;
}

}  // namespace fovea
