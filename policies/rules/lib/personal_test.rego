package probity.lib.personal_test

import data.probity.lib.personal

test_sensitive_is_personal if personal.sensitive & personal.categories == personal.sensitive

test_credentials_are_nobodys_data if not "credential" in personal.categories
