package detectors

import "github.com/probity-scan/probity"

func diagnosisWords() []string {
	return []string{"icd", "icd10", "icd-10", "icd code", "diagnosis", "diagnosis code", "diagnosed", "diagnosed with", "diagnose", "diagnosen", "diagnosecode", "diagnoseschlüssel", "diagnostic", "diagnostique", "code diagnostic", "code cim", "cim10",
		"diagnóstico", "diagnosticado", "cie10", "diagnosi", "codice diagnosi", "diagnostiziert", "rozpoznanie", "kod rozpoznania", "gediagnosticeerd", "condition code"}
}

func icd10() Detector {
	return Detector{
		ID: "icd10", Title: "Diagnosis code (ICD-10)", Category: probity.Health,
		Words:  diagnosisWords(),
		Shapes: []string{"A99", "A9X", "A9X.9", "A9X.X9", "A9X.9X", "A9X.XX9", "A9X.9XX", "A9X.9XXA", "A9X.XXXA"},
		Check:  checkICD,
		Alone:  .1, Printed: .3, Named: .9, Proof: ByForm,
		Examples:        func() []string { return []string{"E11.9", "J45.909", "S72.001A", "F32.9", "I10"} },
		Counterexamples: []string{"E111.9", "11E.9", "v1.2.3", "E11.9.1"},
	}
}

// checkICD: WHO's chapters leave no letter out but use U for provisional codes, which start at U04.
func checkICD(v Value) Strength {
	b := v.Reveal()
	if !isDigit(b[2]) && b[2] != 'A' && b[2] != 'B' || b[0] == 'U' && b[1] != '0' && b[1] != '8' {
		return Rejected
	}
	if len(b) == 3 {
		return Doubtful
	}
	return Plausible
}

func healthTerm() Detector {
	return Detector{
		ID: "health-term", Title: "Health condition or treatment", Category: probity.Health,
		Words: append(diagnosisWords(), "medical history", "medical condition", "medical conditions", "condition", "allergies", "allergy", "medication", "medications", "prescription", "symptoms", "health", "illness", "disease", "patient notes", "patient", "suffers from", "suffering from", "history of", "treated for", "tested positive", "leidet an", "behandelt wegen", "souffre de", "souffre", "sufre de", "padece", "soffre di", "lijdt aan", "choruje na", "anamnesis",
			"krankheit", "krankheiten", "befund", "medikament", "medikamente", "allergien", "vorerkrankungen", "maladie", "antécédents", "traitement", "médicament", "allergie", "enfermedad", "medicamento", "alergias", "antecedentes", "malattia", "farmaco", "terapia", "allergia",
			"ziekte", "medicatie", "aandoening", "allergieën", "choroba", "choroby", "leki", "alergia", "alergie"),
		Terms: []string{
			"diabetes", "diabetes mellitus", "hypertension", "asthma", "epilepsy", "depression", "schizophrenia", "bipolar disorder", "anxiety disorder", "cancer", "carcinoma", "leukaemia", "leukemia", "lymphoma", "melanoma", "hiv", "hiv positive", "hepatitis", "tuberculosis",
			"multiple sclerosis", "parkinson", "alzheimer", "dementia", "stroke", "myocardial infarction", "heart failure", "atrial fibrillation", "copd", "pneumonia", "migraine", "arthritis", "osteoporosis", "psoriasis", "crohn", "coeliac disease", "celiac disease",
			"anaemia", "anemia", "obesity", "hypothyroidism", "kidney disease", "renal failure", "cirrhosis", "chemotherapy", "dialysis", "miscarriage", "pregnancy", "pregnant", "endometriosis", "autism", "adhd", "anorexia", "bulimia", "alcoholism", "insulin", "metformin", "sertraline", "penicillin allergy",
			"zuckerkrankheit", "bluthochdruck", "krebs", "brustkrebs", "schlaganfall", "herzinfarkt", "depressionen", "epilepsie", "schwangerschaft", "schizophrenie", "lungenentzündung", "demenz",
			"diabète", "hypertension artérielle", "asthme", "épilepsie", "dépression", "schizophrénie", "cancer du sein", "hépatite", "tuberculose", "démence", "grossesse", "sclérose en plaques", "vih", "sida",
			"hipertensión", "asma", "epilepsia", "depresión", "esquizofrenia", "cáncer", "embarazo", "demencia", "diabete", "ipertensione", "epilessia", "depressione", "tumore", "gravidanza", "demenza",
			"suikerziekte", "astma", "kanker", "borstkanker", "beroerte", "zwangerschap", "cukrzyca", "nadciśnienie", "padaczka", "depresja", "rak", "nowotwór", "ciąża", "gruźlica", "białaczka"},
		Alone: .3, Printed: .3, Named: .85, Proof: ByForm,
		Examples: func() []string {
			return []string{"diabetes", "Multiple Sclerosis", "Brustkrebs", "épilepsie", "cukrzyca"}
		},
		Counterexamples: []string{"healthcheck", "strokeWidth", "cancerous2"},
	}
}
