locals {
  nodes = [for server in hcloud_server.builder : {
    endpoint  = "ssh://builder@${server.ipv4_address}"
    platforms = [startswith(server.server_type, "cax") ? "linux/arm64" : "linux/amd64"]
  }]
}

output "builders" {
  description = "The section for matrix/workspace.yaml; \"make builders\" then creates the builder."
  value = yamlencode({ builders = { (var.name) = {
    platforms = distinct(local.nodes[*].platforms[0])
    driver    = "docker-container"
    nodes     = local.nodes
  } } })
}

output "buildx" {
  description = "The same as commands, for other uses of the machines."
  value = join("\n", [for index, node in local.nodes : join(" ", [
    "docker buildx create --name ${var.name} --driver docker-container${index > 0 ? " --append" : ""}",
    "--platform ${node.platforms[0]} ${node.endpoint}",
  ])])
}
