# Builders for Packmill at Hetzner Cloud, which has arm64 machines (cax…) and amd64 ones (cx…, cpx…, ccx…).
# The token comes from the environment: HCLOUD_TOKEN.

terraform {
  required_version = ">= 1.5"
  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.50"
    }
  }
}

data "hcloud_ssh_key" "builder" {
  for_each = toset(var.ssh_keys)
  name     = each.key
}

locals {
  # The file stands on its own, so that it can be checked and used elsewhere. Only these two differ.
  cloud_init = yamldecode(file("${path.module}/cloud-init.yaml"))
  user_data = merge(local.cloud_init, {
    users    = [merge(local.cloud_init.users[0], { ssh_authorized_keys = values(data.hcloud_ssh_key.builder)[*].public_key })]
    packages = concat(local.cloud_init.packages, var.emulate ? ["qemu-user-binfmt"] : [])
  })
}

resource "hcloud_firewall" "ssh_only" {
  name = "${var.name}-ssh-only"
  rule {
    direction  = "in"
    protocol   = "tcp"
    port       = "22"
    source_ips = var.ssh_from
  }
}

# A change of the user data replaces the machine: it holds nothing but caches.
resource "hcloud_server" "builder" {
  for_each     = var.machines
  name         = each.key
  server_type  = each.value
  location     = var.location
  image        = "debian-13"
  ssh_keys     = var.ssh_keys # without any, a password for root would be made and mailed
  user_data    = "#cloud-config\n${yamlencode(local.user_data)}"
  firewall_ids = [hcloud_firewall.ssh_only.id]
}
