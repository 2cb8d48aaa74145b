region      = "eu-central-1"
environment = "production"

stores = {
  referrals = { days = 3650 }
  invoices  = { days = 3650, keep_deleted = 90 }
}
