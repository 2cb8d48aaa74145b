// Package privacy writes what a privacy office keeps or sends, as drafts: the record of processing, registers of transfers and of
// retention, the evidence for an impact assessment, the scope of a breach, and where the data of a person has to be erased.
//
// Each is worked out from a scan and from the activities that somebody declared, and says where the two differ. What a scan
// cannot know is left open and asked for, never guessed. It imports the vocabulary and the papers of reports.
package privacy
