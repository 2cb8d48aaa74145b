# Good: patients' records.
resource "aws_db_instance" "records" {
  identifier        = "${local.prefix}-records"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t4g.medium"
  allocated_storage = 100

  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.data.arn
  username                            = "records"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  vpc_security_group_ids              = [aws_security_group.records.id]
  backup_retention_period             = 30
  deletion_protection                 = true
  multi_az                            = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  copy_tags_to_snapshot               = true
  parameter_group_name                = aws_db_parameter_group.records.name
}

resource "aws_db_parameter_group" "records" {
  name   = "${local.prefix}-records"
  family = "postgres16"

  parameter {
    name         = "shared_preload_libraries"
    value        = "pgaudit"
    apply_method = "pending-reboot"
  }

  parameter {
    name  = "pgaudit.log"
    value = "read,write"
  }

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

# Planted: everything that goes wrong when a database is made in a hurry.
resource "aws_db_instance" "billing" {
  identifier        = "${local.prefix}-billing"
  engine            = "mysql"
  engine_version    = "8.0.39"
  instance_class    = "db.t4g.small"
  allocated_storage = 20

  storage_encrypted           = false
  username                    = "billing"
  manage_master_user_password = true
  publicly_accessible         = true
  vpc_security_group_ids      = [aws_security_group.billing.id]
  backup_retention_period     = 1
}

# Good, but for what only the pipeline knows: how long its backups are kept.
resource "aws_rds_cluster" "imaging" {
  cluster_identifier = "${local.prefix}-imaging"
  engine             = "aurora-postgresql"
  engine_version     = "17.4"

  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.data.arn
  master_username                     = "imaging"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  vpc_security_group_ids              = [aws_security_group.records.id]
  backup_retention_period             = var.imaging_backup_days
  deletion_protection                 = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  copy_tags_to_snapshot               = true
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.imaging.name
}

resource "aws_rds_cluster_parameter_group" "imaging" {
  name   = "${local.prefix}-imaging"
  family = "aurora-postgresql17"

  parameter {
    name         = "shared_preload_libraries"
    value        = "pgaudit"
    apply_method = "pending-reboot"
  }

  parameter {
    name  = "pgaudit.log"
    value = "read,write"
  }

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_rds_cluster_instance" "imaging" {
  count = 2

  identifier         = "${local.prefix}-imaging-${count.index}"
  cluster_identifier = aws_rds_cluster.imaging.id
  engine             = aws_rds_cluster.imaging.engine
  instance_class     = "db.r7g.large"
}
