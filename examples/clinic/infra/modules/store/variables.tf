variable "name" {
  type = string
}

variable "days" {
  type = number
}

variable "keep_deleted" {
  type = number
}

variable "key_arn" {
  type = string
}

variable "log_bucket" {
  type = string
}
