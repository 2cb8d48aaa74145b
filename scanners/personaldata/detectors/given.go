package detectors

import "strings"

// NamesBegin lists how names of people begin, folded: common given names, and titles.
func NamesBegin() (all []string) {
	for _, t := range strings.Fields(titles) {
		all = append(all, t, t+".")
	}
	for c := byte('a'); c <= 'z'; c++ {
		for _, name := range strings.Fields(givenNames(c)) {
			if name != "max" { // Max Connections, in running text
				all = append(all, name)
			}
		}
	}
	return all
}

// givenNames are those that begin with a letter. Of names that are ordinary words, months or places too (June, Rose,
// Austin) the list has only the most common.
func givenNames(first byte) string {
	return [...]string{
		" alex alexey arnold arun ashish andrii artem arkady aad aaron abdul abigail achim adam adelaide adele adrian adriana adrianus adrien adrienne afonso agata agathe agnes agnieszka agustin ahmed ahmet aime aimee ainhoa aino aisha aitor akira alain alan alasdair alba albert alberto " +
			"aldo alejandra alejandro aleksandra aleksei alessandra alessandro alessia alexander alexandra alexandre alexei alexis alfie alfonso alfred ali alice alicia alicja aline alison alistair alix allison alphonse alvaro alyssa amadeu " +
			"amaia amalia amanda amelia amelie americo amina amit amy ana anais ananya anastasia anatole anatoly anders andre andrea andreas andree andreea andrei andres andrew andrzej aneta angel angela angelica angelika angelique angelo " +
			"anibal aniela anil anita anja anjali anke ann anna anne anneke annelies annemarie annette annie annika anouk anthony antje antoine antoinette anton antonia antonietta antonio antonius antti araceli archie arianna arie arjan arjun " +
			"arkadiusz arlette armando arnau arnaud arne arno arthur artur arturo ashley ashok astrid attila aubin aude audrey auguste augustin augustine augusto aurelie aurelien aurore ava ayse ",
		" ben bob brad bojan bohdan balazs baptiste barbara bart bartlomiej bartolome bartosz bastien beata beatrice beatriz becky begona benedicte benedikt benito benjamin benoit berenice bernadette bernard bernd bert bertrand bethany bettina betty beverly bianca " +
			"bilal billy birgit bjorn bobby bodo bogdan bogumila boguslaw bonnie boris borja bozena bradley bram brandon brenda brian bridget brigitte britt britta brittany bronislawa bruce bruna bruno bryan burak burkhard ",
		" chris clinton caio caitlin callum calvin cameron camila camilla camille capucine carl carla carlo carlos carlotta carmela carmen carol carola caroline carolyn carrie casper cassandra catalina catarina caterina catharina catherine cathy cecile " +
			"cecilia cedric cees celia celine cem cesar cezary chantal charles charlie charlotte cheryl chiara chidi chloe christa christel christian christiane christina christine christoph christophe christopher cindy cinzia ciro claire " +
			"clara clare claude claudia claudine claudio clemence clemens clement clifford cody colette colin colleen concetta connie corey corinna corinne cornelia cornelis cornelius corrie cory courtney craig cristian cristiano cristina " +
			"curtis cynthia cyril czeslaw czeslawa ",
		" damon dan dave debbie doug dragan dimitar dmytro daan dafydd dagmara damian damien dana daniel daniela daniele danielle danuta daphne daria dario dariusz darlene darrell darren daryl david davide dawid debora deborah debra deepak delphine denis denise deniz dennis deolinda derek " +
			"derrick desiree detlef detlev devin diana diane dick didier diego dieter dieuwertje diogo dirk divya dmitri dmitry domenico domingos dominik dominika dominique donald donatella donna doris dorota dorothea dorothy douglas duarte " +
			"duncan dustin dwayne dylan ",
		" elliot eugen egor eero esa ebba eberhard eckhard edeltraud edgar edith edoardo edouard eduarda eduardo edward edwin edyta efrain egon eileen ekaterina ekkehard elaine eleanor elena eleonora eleonore elfriede eliane elias elif elijah elin eline elisa " +
			"elisabete elisabeth elisabetta elise elizabeth elke ella ellen elly elodie els elsa elsbeth elzbieta emanuela emanuele emil emile emilia emilie emilio emily emine emma emmanuel emmanuelle emre enrica enrico enrique enzo eric erica " +
			"erich erik erika erin ernest ernesto ernst erwin esteban estelle ester esther ethan etienne ettore eugene eugenia eugenie eugeniusz eusebio eva evan evelyn evelyne evgeny evi evie ewa ewelina ",
		" fredrick fabian fabien fabienne fabio fabiola fabrice fabrizia fabrizio fatima fatma fausto federica federico felicia felipe felix femke fenna ferdinando fermin fernand fernanda fernando filiberto filip filipa filipe filippo finn fiona " +
			"fiorella flavia flavio fleur floor florian floris franca frances francesca francesco francis francisca francisco franciszek franck francois francoise frank franklin frantisek franz franziska fraser fred freddie frederic frederique " +
			"fredrik freja freya friederike friedrich frits fritz fulvio ",
		" gene glen graham greg goran georgi gennady gabor gabriel gabriela gabriele gabriella gabrielle gaetano gaia gail galina gareth gary gaspare gaston gautier gavin gemma genevieve genowefa georg george georges georgette georgina gerald gerard gerd gerda gerhard gerrit gertrud " +
			"gheorghe giacomo giada giampaolo giancarlo gianfranco gianluca gianmarco gianni gianpiero gijs gilbert gilberte gilles gillian ginette ginevra gino giorgia giorgio giovanna giovanni gisela gisele giuditta giulia giuliana giuliano " +
			"giuseppe giuseppina glenn gloria goncalo gonzalo gordon grace graciela graziella grazyna greetje gregoire gregor gregorio gregory greta grzegorz guadalupe gudrun guenter guglielmo guido guilherme guillaume guillermo gunnar gunter " +
			"gunther gustav gustave gustavo guus gwendolyn ",
		" hiroyuki honza heikki hagen halina hamza hana hanna hannah hanneke hannelore hannes hans harald harold harrison harry hartmut haruto hasan hassan hatice heather hector hedwig heidemarie heidi heidrun heike heiko heiner heinrich heinz heitor helder " +
			"helen helena helene helga helmut hendrik hendrika henk hennie henning henri henriette henrik henrique henry henryk henryka herbert hermann herminia herve hilary hilde hildegard hiroshi holger holly honore horst hortense howard " +
			"hubert hugh hugo huguette huseyin hussein ",
		" ivaylo ilya ilkka ian iara ibrahim ida iga ignacio ignaz igor iker ilaria ildiko ilona ilse imogen inacio ineke ines inge ingeborg ingo ingrid inmaculada ioana irena irene ireneusz irina iris irma irmgard isaac isabel isabell isabella isabelle " +
			"isadora isidro isla ismael isolde istvan itziar ivan ivana ivano ivo iwona izabela ",
		" jeff joey josh jarkko janne jirka juho jussi jari joni jaap jacek jack jacky jacob jacobus jacopo jacqueline jacques jade jadwiga jagoda jaime jakob jakub james jamie jan jana jane janet janice janina jannik janusz jared jaroslav jaroslaw jaroslawa jasmin jason jasper javier jay " +
			"jayden jean jeanne jeannine jeffery jeffrey jelle jenna jennifer jens jeremy jeroen jerome jerry jerzy jesper jesse jessica jesus jill jim jimena jimmy jiri joachim joan joana joanna joao joaquim joaquin jochen jodie joe joel " +
			"joelle joerg joern johan johanna johannes john johnny joke jolanda jolanta jon jonas jonathan joost jordi jorg jorge joris jose josef josefa josep joseph josephine josette joshua joyce jozef juan juana judith judy juha jukka jules " +
			"julia julian juliana julie julien juliette julio julius jurgen jussara justin justus justyna jutta ",
		" ken kim kazuhiro krzysiek kirill kimmo kacper kai kamil kamila kara karen kari karim karin karine karl karla karol karola karolina kasper katalin katarzyna katerina katharina katherine kathleen kathrin kathryn kathy katie katja katrin katrina kavita kay kayla kazimiera " +
			"kazimierz kees keith kelly kenji kenneth kerry kerstin kevin khadija khalid kilian kimberly kinga kirsten kirsty klaas klaudia klaus klemens kofi konrad konstantin krista kristen kristin kristina krystian krystyna krzysztof ksenia " +
			"kurt kwame kyle ",
		" liz lauri laetitia lakshmi lara larissa larry lars laszlo laura lauren laurence laurent laurie lawrence layla lea leandro leanne lech lee leila leire lena lenka leo leokadia leon leonard leonardo leonel leonie leonor leopold lesley leslie " +
			"leszek leticia letizia levi lewis liam licia lidia lieke lieselotte liliana lillian lina linda linh linnea linus lionel lisa lise liselotte lisette livia lloyd loes loic lola loredana lorena lorenza lorenzo lori lorraine lothar " +
			"lotte louis louisa louise lourdes lourenco luana luc luca lucas luce lucia luciana luciano lucie lucien lucienne lucio lucy lucyna ludovic ludovica ludwig ludwik ludwika luigi luis luisa luise lukas lukasz luke lurdes lutz luuk " +
			"lydia lynn lynne lyudmila ",
		" maggie marko matt mick mitch masahiro makoto manoj milos maxim mika maarten macarena maciej madalena maddalena madeleine mads magdalena magnus maik maike maite maja maksim malgorzata manfred manon manuel manuela marc marcel marcela marcella marcelle marcello marcelo marcia marcin marcio marco " +
			"marcos marcus mareike marek margaret margarete margarethe margarida margarita margaud margaux margherita margit margot marguerite maria mariam marian mariana marianna marianne marie marieke marijke marilyn marina marine mario " +
			"mariola marion marisa marisol marius mariusz mark markus marlene marloes marta martha marthe martijn martim martin martina martine martyna marvin mary maryam maryse marzena massimiliano massimo mateo mateus mateusz matheus mathias " +
			"mathieu mathilde matilde matteo matthew matthias matthieu matti mattia maud maureen maurice mauricio maurizio mauro max maxence maxime maximilian maximiliano mechthild megan mehmet meike melania melanie melissa melvin menno " +
			"mercedes meredith merve mette mia michael michal micheal michel michela michelangelo michele michelle michiel mickael mieczyslaw mieczyslawa miguel mihai mikael mike mikhail mikko mikolaj milan milena minh miranda mireille mirella " +
			"miriam mirjam mirko miroslav miroslaw miroslawa mitchell mohamed mohammed moira molly monica monika monique montserrat moritz muhammad mukesh murat muriel murilo mustafa mykola ",
		" nate neal nicolai nikita norman niko naoki nikhil nenad nadia nadine nadir nadja nancy naoko naomi natalia natalie natascha natasha natasja nathalie nathan nathaniel neha neil nele nelson nerea ngozi nguyen nicholas nick nico nicola nicolas nicole nicoletta nicolo niels nienke nigel " +
			"niklas nikola nikolai nikolaus nils nina nino noah noe noelia noemi nora norbert noud nuno nuria ",
		" ondrej oleksii ossi olli odette odile oksana olaf ole oleg oleksandr olga oliver olivia olivier oliwia olof omar oreste orlando ornella oscar oskar osvaldo otavio ottavio otto owen ozge ",
		" patrik pete phil piotrek petar plamen petteri pasi pablo paloma pamela paola paolo pascal pascale pascual pasquale patricia patrick patrizia patrycja patryk patty pau paul paula paulette paulina pauline paulo pavel pawel pedro pekka penelope pere peter petr petra petronella petrus " +
			"philip philipp philippe philippine phillip phoebe pierluigi piero pierre pieter pietro pilar pim piotr pleun polina pooja prakash priscila priya przemyslaw ",
		" quentin ",
		" rajeev rick ron ronan rudy riku rohit risto rachel radoslaw radu rafael rafal raffaele raffaella rahul raimundo rainer raj rajesh ralf ralph ramesh ramon ramona randy raphael raquel rashid rasmus raul ravi raymond raymonde razvan rebecca regina regis reinhard reinhold remi " +
			"remigiusz remy renan renata renate renato rene renee renske renzo rhys ricardo riccardo richard ricky rita rob robert roberta roberto robin rocco rocio rodney rodolfo rodolphe rodrigo roel rogelio roger rogerio rohan roksana " +
			"roland rolf romain roman romina romolo ronald ronnie ronny rosa rosalie rosana rosanna rosaria rosario rosemary rosie ross rossella roswitha roxane roy ruben rudiger rudolf ruediger ruggiero rui ruslan russell rutger ruth ruud " +
			"ryan ryszard ",
		" sandy stan stewart sami satoshi slobodan stoyan serhii stanislav saar sabina sabine sabrina sakura sally salma salvatore sam samantha samir samira samuel sander sandra sandrine sandro sanjay sanne santiago sara sarah sascha saul saverio scott sean sebastian sebastiano sebastiao sebastien selin " +
			"selina sem serena serge sergei sergey sergio seth shane sharon shaun shawn sheila shirley shreya sian sibylle siebe siegfried siegmund sigrid silke silvana silvano silvia silvio simon simona simone sjaak sjoerd sjoukje slawomir " +
			"sofia sofie solange sonia sonja sophia sophie soren spencer stacey stanislaw stanislawa stanley stefan stefania stefanie stefano steffen steffi stephan stephane stephanie stephen steve steven stijn stuart sunil sunita suresh susan " +
			"susana susanna susanne suzanne sven svenja svetlana swantje swen sylvain sylvia sylviane sylvie sylwester sylwia szymon ",
		" tess toby todd tommi trish takeshi tomek teemu tuomas tapio tero tadeu tadeusz takashi tamara tamas tammy tanguy tanja tara taras tariq tatiana tatjana ted telma teresa tereza terry teun thanh thea theo theodor theodore theophile theresa therese thiago thibault thibaut thierry thijs thomas " +
			"thorsten tiago till tim timo timothee timothy tina tineke tino tiziana tiziano tjeerd tobias tom tomas tomasz tommaso tommy tony torsten tracey tracy traute travis trevor tristan trude truus tunde tyler ",
		" udo ugo ulf ulises ulrich ulrike ulysse umberto ursula urszula uta ute uwe ",
		" vince viv ville vivek vojtech vadim vitalii valery veikko vaclav valentin valentina valentine valeria valerie valerio valter vanessa vania vasco vasile veit vera verena vernon veronica veronika veronique vicente victor victoria vijay vikram viktor viktoria vincent vincenzo vinzenz " +
			"virgilio virginia virginie vitaly vito vitor vitoria vittoria vittorio viviana viviane vladimir vladislav volker volkmar volodymyr ",
		" walt wes wojtek wagner waldemar walter waltraud wanda wayne wendy wenzel werner weronika wesley wibke wiebke wieslaw wieslawa wiktor wiktoria wilco wilfredo wilfried wilhelm wilhelmina wilhelmus willem willemijn willi william willie wim winfried " +
			"wioletta witold wladyslaw wladyslawa wojciech wolfgang wouter ",
		" xaver xavier ximena ",
		" yuichi yaroslav yann yannick yara yasmin ymke yoko yolanda ysbrand yuki yulia yuri yusuf yvan yves yvette yvon yvonne ",
		" zac zack zach zbynek zoran zacharie zachary zainab zaneta zbigniew zdenek zdzislaw zdzislawa zeferino zenon zeynep zoe zofia zoltan zsuzsanna zuzana zuzanna zygmunt ",
	}[first-'a']
}
