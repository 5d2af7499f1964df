# Groups the targets of the matrix into jobs of GitHub Actions, at most 256 of them.
#
#   make -s list FORMAT=json | jq --compact-output --from-file deploy/ci/groups.jq
#
# Reads rows with target, package, version, platform, method, needs (names of targets) and builder (a name, or null).
# Writes { "include": [ { name, runner, build_platform, builder, targets } ] }, which a job takes as its matrix.
#
# A group is a package version on a platform: its targets share the source and the packaging image. A target that needs
# others is built in the group of the first, so that no job waits for another; what is in a third group, make builds itself.
# Groups of one kind of runner are joined, neighbours first, until their number fits.

def limit: 256;

# Runners are amd64 or arm64. What a builder of the workspace builds, and what is emulated, goes to amd64.
def runner: if .builder == null and .platform == "linux-arm64" then "ubuntu-24.04-arm" else "ubuntu-24.04" end;
def build_platform: if endswith("-arm") then "linux/arm64" else "linux/amd64" end;

# A target that is only another name for one of another platform stands for that one.
def named: if .method == "shared" then .target = .needs[0] | .platform = (.target | split("_") | last) | .needs = [] else . end;

if length == 0 then error("no target is left: make list FULL=1 EXCLUDED=1 shows why") else . end
| (map(select(.method != "shared")) + map(named)) | unique_by(.target)
| (map({ key: .target, value: . }) | from_entries) as $rows
| def home: . as $row | $rows[.needs[0]? // ""] | if . == null then $row else home end;
map({ target, home: home | { runner: runner, builder, name: "\(.package)_\(.version)_\(.platform)" } })
| group_by(.home) | map(.[0].home + { targets: map(.target) })
| group_by([.runner, .builder]) as $kinds
| first(range(1; 1 + ($kinds | map(length) | max)) | select(. as $size | $kinds | map(length / $size | ceil) | add <= limit)) as $size
| { include: [
    $kinds[] | range(0; length; $size) as $start | .[$start:$start + $size]
    | { name: (.[0].name + (if length > 1 then "+\(length - 1)" else "" end))
      , runner: .[0].runner
      , build_platform: .[0].runner | build_platform
      , builder: .[0].builder
      , targets: map(.targets[]) | join(" ")
      }
  ] }
