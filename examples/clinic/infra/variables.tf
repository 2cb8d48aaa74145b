variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "environment" {
  type    = string
  default = "staging"
}

variable "stores" {
  description = "Buckets with the clinic's usual settings, and the days after which each deletes."
  type = map(object({
    days         = number
    keep_deleted = optional(number, 30)
  }))
}

variable "office_ranges" {
  type    = list(string)
  default = ["10.20.0.0/16"]
}

# Set by the pipeline only, so the code does not tell.
variable "imaging_backup_days" {
  type = number
}

variable "supplier_bucket_policy" {
  type = string
}
