variable "name" {
  description = "Name of the buildx builder that the machines are nodes of."
  type        = string
  default     = "arm"
}

variable "machines" {
  description = "Server types by machine name."
  type        = map(string)
  default     = { builder-1 = "cax31" }
}

variable "location" {
  description = "Where they stand. Not every location has every type."
  type        = string
  default     = "fsn1"
}

variable "ssh_keys" {
  description = "Names of ssh keys that the project at Hetzner already has."
  type        = list(string)
}

variable "ssh_from" {
  description = "Networks that may connect, such as 192.0.2.7/32."
  type        = list(string)
}

variable "emulate" {
  description = "Whether QEMU is installed, so that they build for other processors too."
  type        = bool
  default     = false
}
