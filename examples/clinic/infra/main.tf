terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      owner               = "clinic-it"
      environment         = var.environment
      data-classification = "restricted"
    }
  }
}

# The analytics supplier works from Ohio.
provider "aws" {
  alias  = "analytics"
  region = "us-east-2"
}

locals {
  prefix = "lindenhof-${var.environment}"
}
