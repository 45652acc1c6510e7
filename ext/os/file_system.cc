// Where a file lies.
#include "os/file_system.h"

#if defined(__linux__)
#include <sys/vfs.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#elif defined(__APPLE__) || defined(__FreeBSD__)
#include <sys/mount.h>
#include <sys/param.h>
#endif

namespace larder {

#if defined(__linux__)

// statfs(2) lists these numbers; some of them are in no header.
FileSystem file_system_of(const char* path) {
  constexpr std::uint32_t kNetworks[] = {
      0x6969,      // NFS
      0x517b,      // SMB
      0xff534d42,  // CIFS
      0xfe534d42,  // SMB2
      0x5346414f,  // AFS
      0x6b414653,  // AFS, the kernel's own
      0x73757245,  // Coda
      0x564c,      // NCP
      0x00c36400,  // Ceph
      0x01021997,  // 9P, the shares of virtual machines among them
      0x0bd00bd0,  // Lustre
      0x47504653,  // GPFS
      0x7461636f,  // OCFS2
      0x01161970,  // GFS2
      0xaad7aaea,  // PanFS
      0x19830326,  // BeeGFS
  };
  constexpr std::uint32_t kFuse = 0x65735546;  // sshfs as well as a local NTFS
  struct statfs found {};
  if (statfs(path, &found) != 0) return FileSystem::kUnknown;
  const auto type = static_cast<std::uint32_t>(found.f_type);
  if (std::find(std::begin(kNetworks), std::end(kNetworks), type) != std::end(kNetworks))
    return FileSystem::kNetwork;
  return type == kFuse ? FileSystem::kUnknown : FileSystem::kLocal;
}

#elif defined(__APPLE__) || defined(__FreeBSD__)

FileSystem file_system_of(const char* path) {
  struct statfs found {};
  if (statfs(path, &found) != 0) return FileSystem::kUnknown;
  return (found.f_flags & MNT_LOCAL) != 0 ? FileSystem::kLocal : FileSystem::kNetwork;
}

#else

FileSystem file_system_of(const char*) { return FileSystem::kUnknown; }

#endif

}  // namespace larder
