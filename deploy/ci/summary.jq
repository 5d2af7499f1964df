# Says in Markdown what became of every target of a plan.
#
#   find FOLDER -name status.json -exec cat {} + | jq --raw-output --slurp --slurpfile plan groups.json --from-file deploy/ci/summary.jq
#
# Reads the status.json of every attempt, and as $plan what groups.jq wrote. A target without a status was not reached.

(map({ key: .target, value: . }) | from_entries) as $status
| [$plan[0].include[] | .name as $group | .targets | split(" ")[] | { target: ., $group } + ($status[.] // { result: "not reached" })]
| map(select(.result != "built")) as $missing
| "## \(length - ($missing | length)) of \(length) packages built",
  if $missing == [] then empty else
    "",
    "| target | result | fault | step | logs are in |",
    "|---|---|---|---|---|",
    ($missing[] | "| \(.target) | \(.result) | \(.fault // "") | \(.step // "") | report-\(.group) |")
  end
