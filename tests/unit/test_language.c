/* SPDX-License-Identifier: ISC */
#include "language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A text, and the code of its language; NULL: it does not tell. */
struct example {
	const char *code, *text;
};

static const struct example languages[] = {
    {"en",
	"The mayor said on Monday that the bridge would be closed for repairs "
	"until the end of the year. Most drivers "
	"will have to take the old road along the river."},
    {"de",
	"Die Brücke über den Fluss bleibt bis zum Ende des Jahres gesperrt, sagte der Bürgermeister am Montag. Viele "
	"Autofahrer müssen nun einen Umweg nehmen."},
    {"fr",
	"Le pont sur la rivière restera fermé jusqu'à la fin de l'année, a déclaré lundi le maire de la ville. Les "
	"habitants devront prendre une autre route."},
    {"es",
	"El puente sobre el río seguirá cerrado hasta el final del año, dijo el lunes la alcaldesa de la ciudad. Los "
	"vecinos tendrán que tomar otra carretera."},
    {"it",
	"Il ponte sul fiume resterà chiuso fino alla fine dell'anno, ha detto lunedì il sindaco della città. Gli "
	"abitanti dovranno prendere un'altra strada."},
    {"nl",
	"De brug over de rivier blijft tot het einde van het jaar gesloten, zei de burgemeester maandag. De bewoners "
	"moeten voorlopig een andere weg nemen."},
    {"pt",
	"A ponte sobre o rio vai continuar fechada até ao fim do ano, disse na segunda-feira o presidente da câmara. "
	"Os moradores terão de usar outra estrada."},
    {"gl",
	"A ponte sobre o río seguirá pechada ata o final do ano, dixo o luns a alcaldesa da cidade. Os veciños terán "
	"que coller outra estrada nos vindeiros meses, xa que non hai máis camiños na zona."},
    {"ca",
	"El pont sobre el riu continuarà tancat fins al final de l'any, va dir "
	"dilluns l'alcaldessa de la ciutat. Els "
	"veïns hauran d'agafar una altra carretera amb els seus cotxes."},
    {"ro",
	"Podul peste râu va rămâne închis până la sfârșitul anului, a spus luni primarul orașului. Locuitorii vor "
	"trebui să meargă pe un alt drum care nu este asfaltat."},
    {"sv",
	"Bron över ån kommer att vara stängd till slutet av året, sade borgmästaren på måndagen. De boende får ta en "
	"annan väg som inte är lika bred."},
    {"da",
	"Broen over åen bliver lukket indtil udgangen af året, sagde borgmesteren mandag. Beboerne må bruge en anden "
	"vej, som ikke er lige så bred, og de har fået at vide, hvad de skal gøre."},
    {"no",
	"Broen over elva blir stengt fram til slutten av året, sa ordføreren mandag. Innbyggerne må bruke en annen "
	"vei som ikke er like bred, og de har fått vite hva de skal gjøre."},
    {"is",
	"Brúin yfir ána verður lokuð til loka ársins, sagði borgarstjórinn á mánudag. Íbúar þurfa að fara aðra leið "
	"sem er ekki eins breið og þeir eru ekki sáttir við það."},
    {"fi",
	"Joen yli kulkeva silta on suljettu vuoden loppuun asti, pormestari sanoi maanantaina. Asukkaat joutuvat "
	"käyttämään toista tietä, joka ei ole yhtä leveä, mutta se on kuitenkin auki."},
    {"et",
	"Sild üle jõe jääb aasta lõpuni suletuks, ütles linnapea esmaspäeval. Elanikud peavad kasutama teist teed, "
	"mis ei ole nii lai, kuid see on siiski avatud."},
    {"hu",
	"A folyón átívelő híd az év végéig zárva marad, mondta hétfőn a polgármester. A lakosoknak egy másik utat "
	"kell használniuk, de az sem széles, és csak egy irányban járható."},
    {"pl",
	"Most na rzece będzie zamknięty do końca roku, powiedział w poniedziałek burmistrz. Mieszkańcy muszą jeździć "
	"inną drogą, która nie jest tak szeroka."},
    {"cs",
	"Most přes řeku bude uzavřen až do konce roku, řekl v pondělí starosta. Obyvatelé musí jezdit jinou cestou, "
	"která však není tak široká, a proto je tam více nehod."},
    {"sk",
	"Most cez rieku bude uzavretý až do konca roka, povedal v pondelok starosta. Obyvatelia musia jazdiť inou "
	"cestou, ktorá však nie je taká široká, a preto je tam viac nehôd."},
    {"sl",
	"Most čez reko bo zaprt do konca leta, je v ponedeljek povedal župan. Prebivalci bodo morali voziti po drugi "
	"cesti, ki pa ni tako široka, zato je tam več nesreč."},
    {"hr",
	"Most preko rijeke bit će zatvoren do kraja godine, rekao je u ponedjeljak gradonačelnik. Stanovnici će "
	"morati voziti drugom cestom, gdje je također uvijek gužva jer nije široka prije zavoja."},
    {"sr",
	"Most preko reke biće zatvoren do kraja godine, rekao je u ponedeljak gradonačelnik. Stanovnici će morati da "
	"voze drugim putem, gde je uvek gužva, jer pre krivine nije širok, i posle nje takođe."},
    {"sq",
	"Ura mbi lumë do të jetë e mbyllur deri në fund të vitit, tha të hënën kryetari i bashkisë. Banorët duhet të "
	"përdorin një rrugë tjetër që nuk është aq e gjerë."},
    {"lt",
	"Tiltas per upę bus uždarytas iki metų pabaigos, pirmadienį sakė meras. "
	"Gyventojai turės važiuoti kitu keliu, "
	"kuris nėra toks platus, bet jis taip pat yra atidarytas."},
    {"lv",
	"Tilts pār upi būs slēgts līdz gada beigām, pirmdien sacīja mērs. "
	"Iedzīvotājiem būs jābrauc pa citu ceļu, kas "
	"nav tik plats, bet arī tas ir atvērts."},
    {"tr",
	"Nehrin üzerindeki köprü yıl sonuna kadar kapalı olacak, dedi belediye "
	"başkanı pazartesi günü. Halk çok geniş "
	"olmayan başka bir yol kullanmak zorunda ve bu yol için daha fazla zaman gerekiyor."},
    {"az",
	"Çayın üzərindəki körpü ilin sonuna qədər bağlı olacaq, deyə şəhər başçısı bazar ertəsi bildirib. Sakinlər "
	"başqa bir yoldan istifadə etməli olacaqlar və bu yol o qədər də geniş deyil."},
    {"eu",
	"Ibaiaren gaineko zubia itxita egongo da urtea amaitu arte, esan zuen alkateak astelehenean. Bizilagunek "
	"beste bide bat hartu beharko dute, eta bide hori ez da oso zabala."},
    {"ga",
	"Beidh an droichead thar an abhainn dúnta go dtí deireadh na bliana, a dúirt an méara Dé Luain. Caithfidh na "
	"daoine bóthar eile a úsáid nach bhfuil chomh leathan agus tá siad míshásta leis."},
    {"cy",
	"Bydd y bont dros yr afon ar gau tan ddiwedd y flwyddyn, meddai'r maer "
	"ddydd Llun. Mae'n rhaid i bobl yr ardal "
	"ddefnyddio ffordd arall nad yw mor llydan, ac nid ydynt yn hapus gyda hynny."},
    {"mt",
	"Il-pont fuq ix-xmara se jibqa' magħluq sal-aħħar tas-sena, qal is-sindku "
	"nhar it-Tnejn. Ir-residenti għandhom "
	"jużaw triq oħra li mhix wiesgħa, u dan huwa l-problema ta' kulħadd."},
    {"af",
	"Die brug oor die rivier sal tot die einde van die jaar gesluit bly, het "
	"die burgemeester Maandag gesê. Mense "
	"moet 'n ander pad gebruik wat nie so breed is nie, en hulle hou nie daarvan nie."},
    {"eo",
	"La ponto super la rivero estos fermita ĝis la fino de la jaro, diris "
	"lunde la urbestro. La loĝantoj devas uzi "
	"alian vojon, kiu ne estas tiel larĝa, kaj ili ne estas kontentaj pri tio."},
    {"id",
	"Jembatan di atas sungai itu akan ditutup sampai akhir tahun, kata wali kota pada hari Senin. Warga harus "
	"menggunakan jalan lain karena jalan tersebut belum bisa dilalui, ujarnya saat ditemui."},
    {"ms",
	"Jambatan di atas sungai itu akan ditutup sehingga akhir tahun, kata datuk bandar pada hari Isnin. Penduduk "
	"boleh menggunakan jalan lain kerana beliau berkata ia turut dibuka kepada orang ramai, iaitu mulai esok."},
    {"tl",
	"Mananatiling sarado ang tulay sa ibabaw ng ilog hanggang sa katapusan ng taon, ayon sa alkalde noong Lunes. "
	"Kailangan ng mga residente na dumaan sa ibang kalsada na hindi kasing lapad nito."},
    {"vi",
	"Cây cầu bắc qua sông sẽ bị đóng cho đến cuối năm, thị trưởng cho biết "
	"hôm thứ Hai. Người dân phải đi một con "
	"đường khác không được rộng như vậy."},
    {"sw",
	"Daraja lililo juu ya mto litabaki limefungwa hadi mwisho wa mwaka, alisema meya siku ya Jumatatu. Wakazi wa "
	"mji watalazimika kutumia barabara nyingine ambayo si pana sana, lakini hakuna njia ya kati."},
    {"so",
	"Buundada webiga waxay xirnaan doontaa ilaa dhammaadka sannadka, ayuu "
	"yiri duqa magaalada. Dadka deegaanka waa "
	"inay maraan waddo kale oo aan ballaarnayn, laakiin waxaa la sheegay inay furan tahay."},
    {"ha",
	"Gadar da ke kan kogin za ta kasance a rufe har zuwa karshen shekara, in ji magajin gari a ranar Litinin. "
	"Mutane za su yi amfani da wata hanya wadda ba ta da fadi, amma suna cikin damuwa."},
    {"ht",
	"Pon ki sou rivyè a ap rete fèmen jiska fen ane a, se sa majistra vil la "
	"te di lendi. Moun yo dwe pran yon lòt "
	"wout ki pa laj anpil, epi yo pa kontan ak sa."},
    {"lb",
	"D'Bréck iwwer de Floss bleift bis Enn vum Joer zou, sot de "
	"Buergermeeschter e Méindeg. D'Leit mussen elo eng "
	"aner Strooss huelen, déi net sou breet ass, an dat ass fir si net einfach."},
    {"uz",
	"Daryo ustidagi ko'prik yil oxirigacha yopiq bo'ladi, dedi shahar hokimi dushanba kuni. Aholi boshqa yo'ldan "
	"yurishi kerak, lekin bu yo'l juda keng emas va uning uchun ko'p vaqt ketadi."},
    {"ku",
	"Pira li ser çemî dê heta dawiya salê girtî bimîne, şaredar roja duşemê got. Divê xelk di rêyek din re biçin "
	"ku ew ne pir fireh e, lê belê ji bo wan tu rê tune ye."},
    {"el", "Η γέφυρα πάνω από το ποτάμι θα παραμείνει κλειστή μέχρι το τέλος του έτους, είπε τη Δευτέρα ο δήμαρχος."},
    {"ru",
	"Мост через реку будет закрыт до конца года, сообщил в понедельник мэр города. Жителям придётся ездить по "
	"другой дороге, которая не так широка."},
    {"uk",
	"Міст через річку буде закритий до кінця року, повідомив у понеділок міський голова. Мешканці мають їздити "
	"іншою дорогою, яка не така широка."},
    {"be",
	"Мост праз раку будзе зачынены да канца года, паведаміў у панядзелак мэр горада. Жыхары павінны ездзіць па "
	"іншай дарозе, якая не такая шырокая, але ўсё ж адкрытая."},
    {"bg",
	"Мостът над реката ще остане затворен до края на годината, каза в понеделник кметът. Жителите трябва да се "
	"движат по друг път, който не е толкова широк."},
    {"mk",
	"Мостот преку реката ќе биде затворен до крајот на годината, изјави во "
	"понеделникот градоначалникот. Жителите "
	"треба да возат по друг пат кој не е толку широк."},
    {"sr",
	"Мост преко реке биће затворен до краја године, рекао је у понедељак градоначелник. Становници ће морати да "
	"возе другим путем који није тако широк."},
    {"kk",
	"Өзен үстіндегі көпір жылдың соңына дейін жабық болады, деп мәлімдеді дүйсенбіде қала әкімі. Тұрғындар үшін "
	"басқа жол бар, бірақ ол кең емес және оның жағдайы нашар."},
    {"mn",
	"Голын дээрх гүүр оны эцэс хүртэл хаалттай байна гэж хотын дарга даваа гарагт хэлсэн. Иргэд өөр замаар явах "
	"ёстой бөгөөд энэ зам тийм өргөн биш юм."},
    {"hy", "Գետի վրայի կամուրջը փակ կմնա մինչև տարեվերջ, երկուշաբթի ասել է քաղաքապետը։"},
    {"ka", "მდინარეზე გადებული ხიდი წლის ბოლომდე დაკეტილი იქნება, განაცხადა ორშაბათს ქალაქის მერმა."},
    {"he", "הגשר מעל הנהר יישאר סגור עד סוף השנה, אמר ביום שני ראש העיר. התושבים ייאלצו לנסוע בדרך אחרת שהיא לא רחבה."},
    {"yi",
	"די בריק איבער דעם טייך וועט זיין פארמאכט ביז דעם סוף פון יאר, האט געזאגט דער מעיאר. די איינוואוינער מוזן "
	"ניצן אן אנדער וועג וואס איז נישט אזוי ברייט."},
    {"ar",
	"قال رئيس البلدية يوم الاثنين إن الجسر فوق النهر سيبقى مغلقا حتى نهاية العام. وعلى السكان أن يستخدموا طريقا "
	"آخر لا يتسع لكل هذه السيارات."},
    {"fa",
	"شهردار روز دوشنبه گفت که پل روی رودخانه تا پایان سال بسته خواهد بود. مردم باید از راه دیگری بروند که "
	"چندان پهن نیست و این برای آنان دشوار است."},
    {"ur",
	"میئر نے پیر کے روز کہا کہ دریا پر بنا ہوا پل سال کے آخر تک بند رہے گا۔ لوگوں کو دوسرا راستہ اختیار کرنا "
	"ہوگا جو اتنا چوڑا نہیں ہے۔"},
    {"ps",
	"ښاروال د دوشنبې په ورځ وويل چې د سيند پر سر پل به د کال تر پايه بند وي. خلک بايد له بلې لارې لاړ شي چې "
	"دومره پراخه نه ده."},
    {"hi",
	"महापौर ने सोमवार को कहा कि नदी पर बना पुल साल के अंत तक बंद रहेगा। लोगों को "
	"दूसरे रास्ते से जाना होगा जो इतना चौड़ा नहीं "
	"है।"},
    {"mr",
	"नदीवरील पूल वर्षाच्या अखेरपर्यंत बंद राहणार आहे, असे महापौरांनी सोमवारी सांगितले. "
	"लोकांना दुसऱ्या रस्त्याने जावे लागेल आणि तो "
	"रस्ता रुंद नाही."},
    {"ne",
	"नदीमाथिको पुल वर्षको अन्त्यसम्म बन्द हुने छ भनेर मेयरले सोमबार भने। मानिसहरूले "
	"अर्को बाटो प्रयोग गर्न पर्ने भएको छ र यो त्यति "
	"फराकिलो छैन।"},
    {"bn",
	"মেয়র সোমবার বলেছেন যে নদীর উপর সেতুটি বছরের শেষ পর্যন্ত বন্ধ থাকবে এবং "
	"এই সময় অন্য রাস্তা ব্যবহার করতে হবে না।"},
    {"ta", "ஆற்றின் மேல் உள்ள பாலம் ஆண்டு இறுதி வரை மூடப்பட்டிருக்கும் என்று மேயர் திங்களன்று கூறினார்."},
    {"th", "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานข้ามแม่น้ำจะปิดจนถึงสิ้นปี"},
    {"ko", "시장은 월요일에 강을 건너는 다리가 연말까지 폐쇄될 것이라고 말했다. 주민들은 다른 길을 이용해야 한다."},
    {"ja", "市長は月曜日、川に架かる橋は年末まで閉鎖されると述べた。住民は別の道を使わなければならない。"},
    {"zh", "市长星期一表示，河上的桥将关闭到年底。居民必须走另一条不那么宽的路。"},
    {"am",
	"በወንዙ ላይ ያለው ድልድይ እስከ ዓመቱ መጨረሻ ድረስ ይዘጋል ሲሉ ከንቲባው ሰኞ ዕለት ተናግረዋል። ነዋሪዎች ሌላ መንገድ መጠቀም አለባቸው ነገር ግን ሰፊ አይደለም ወይም "
	"ረጅም ነው።"},
};

/* What news brings that is not plain running text of one language. */
static const struct example cases[] = {
    {"en",
	"MAYOR SAYS THE BRIDGE WILL BE CLOSED UNTIL THE END OF THE YEAR, AND THAT MOST DRIVERS WILL HAVE TO TAKE THE "
	"OLD "
	"ROAD WHICH IS NOT WIDE"},
    {"de",
	"DIE BRÜCKE ÜBER DEN FLUSS BLEIBT BIS ZUM ENDE DES JAHRES GESPERRT, SAGTE "
	"DER BÜRGERMEISTER. FÜR VIELE IST DAS "
	"EIN PROBLEM."},
    {"ru",
	"МОСТ ЧЕРЕЗ РЕКУ БУДЕТ ЗАКРЫТ ДО КОНЦА ГОДА, И ЖИТЕЛЯМ ПРИДЁТСЯ ЕЗДИТЬ ПО ДРУГОЙ ДОРОГЕ, КОТОРАЯ НЕ ТАК "
	"ШИРОКА"},
    {"el", "Η ΓΕΦΥΡΑ ΘΑ ΜΕΙΝΕΙ ΚΛΕΙΣΤΗ ΜΕΧΡΙ ΤΟ ΤΕΛΟΣ ΤΟΥ ΕΤΟΥΣ"},
    /* without accents, and as telegrams write them */
    {"de",
	"Die Bruecke ueber den Fluss bleibt fuer den Verkehr gesperrt, weil sie nicht mehr sicher ist und wir kein "
	"Geld "
	"haben."},
    {"pl",
	"Most na rzece bedzie zamkniety do konca roku, a mieszkancy musza jezdzic inna droga, ktora nie jest tak "
	"szeroka, i to sie im nie podoba."},
    {"fr",
	"Le pont restera ferme jusqu'a la fin de l'annee, a declare le maire, et les habitants devront prendre une "
	"autre route ou il n'y a pas de feux."},
    {"tr",
	"Kopru yil sonuna kadar kapali olacak ve bu yol icin cok daha fazla zaman gerekiyor, ama baska bir yol da "
	"yok gibi."},
    /* accents as marks of their own */
    {"fr",
	"Le maire a de\xCC\x81"
	"clare\xCC\x81 que le pont e\xCC\x81tait ferme\xCC\x81 et que les habitants, me\xCC\x82me ceux qui n'ont pas "
	"de voiture, sont fa\xCC\x82"
	"che\xCC\x81s."},
    /* English with names and quotations of other languages */
    {"en",
	"President Luiz Inacio Lula da Silva and Maria de los Angeles del Rio met with Jean-Marie de la Tour of Les "
	"Amis de la Terre in Rio de Janeiro, the office of Mr. de Souza said. They would talk about what the city "
	"could do for those who had lost their homes."},
    {"en",
	"\"La casa de mi padre es de todos los que no tienen nada,\" she sang, and the crowd sang it with her until "
	"the "
	"police came. The song was banned in those years, but everybody knew it and most of them still do."},
    {"en",
	"The film \"Das Leben der Anderen\" was shown with \"Der Untergang\" and "
	"\"Die Welle\" at the festival, which "
	"said that it would show more of them next year."},
    {"en",
	"He wrote \xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 on the wall, "
	"the police said, and then he was seen "
	"on a train that left the city."},
    /* another language with an English title */
    {"fr",
	"Le film \xC2\xAB The Lord of the Rings: The Fellowship of the Ring "
	"\xC2\xBB sera projeté samedi dans la cour "
	"de "
	"la mairie, et les enfants pourront entrer sans payer. On y verra aussi les deux autres films du groupe."},
    {"de",
	"Der Roman \"The Man Who Was Thursday\" wird auch in diesem Jahr auf der "
	"Bühne gezeigt, sagte die Leiterin des "
	"Theaters, und das ist nicht alles."},
    /* what does not tell */
    {NULL, ""},
    {NULL, "\n \n"},
    {NULL, "1,234.5 6.7 8/9 -- 10:30"},
    {NULL, "Le Monde"},
    {NULL, "Universidad de Buenos Aires, Universidad de Chile, Universidad de Lima, Banco de Chile"},
    {NULL, "Dr. Ana Silva, Rio; Prof. Jan Novak, Praha; Ing. Karl Huber, Wien"},
    {NULL, "M-D 268-1/4n 11 pct\nM-D 273-1/4n 12 pct\nD-M 288-1/4 13 pct\nM-D 296-1/4n 14 pct\nD-M 300 15 pct\n"},
    {NULL, "https://www.example.de/la/de/en/el/los/las/que/un/una?y=el&a=del_mundo#de http://www.example.es/que/no/se"},
    {NULL, "\xF0\x9F\x98\x80 \xF0\x9F\x98\x80 \xE2\x82\xAC \xE2\x80\x94"},
    {NULL, "de-DE, fr-FR, es-ES, la-LA: NO, NO, TO DO, el-GR, os-GE"},
    /* as many letters of two scripts */
    {NULL, "Moskva Moskva Moskva \xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0"},
};

static struct news_text
text_of(const char *string)
{
	return (struct news_text){string, strlen(string)};
}

static unsigned
check_examples(const struct example *examples, size_t count)
{
	unsigned wrong = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		const char *code = language_guess(text_of(examples[i].text));
		if (code == examples[i].code ||
		    (code != NULL && examples[i].code != NULL && strcmp(code, examples[i].code) == 0))
			continue;
		print_error("%s is %s: %s\n", code == NULL ? "NULL" : code,
		    examples[i].code == NULL ? "NULL" : examples[i].code, examples[i].text);
		wrong++;
	}
	return wrong;
}

static void
knows_languages(void **state)
{
	(void)state;
	assert_int_equal(check_examples(languages, sizeof languages / sizeof *languages), 0);
}

static void
knows_cases(void **state)
{
	(void)state;
	assert_int_equal(check_examples(cases, sizeof cases / sizeof *cases), 0);
}

static const char *
example_of(const char *code)
{
	size_t i;

	for (i = 0; i < sizeof languages / sizeof *languages; i++)
		if (strcmp(languages[i].code, code) == 0)
			return languages[i].text;
	fail_msg("no example of %s", code);
	return NULL;
}

/* A text of ONE times the example of a language, then OTHER times that of another, as paragraphs. */
static char *
join(const char *one, size_t one_times, const char *other, size_t other_times)
{
	size_t bytes = (strlen(one) + 1) * one_times + (strlen(other) + 1) * other_times, at = 0;
	char *text = malloc(bytes + 1);

	assert_non_null(text);
	while (one_times-- > 0)
		at += (size_t)sprintf(text + at, "%s\n", one);
	while (other_times-- > 0)
		at += (size_t)sprintf(text + at, "%s\n", other);
	return text;
}

static void
is_language(const char *text, const char *code)
{
	const char *guess = language_guess(text_of(text));

	if (guess == NULL || strcmp(guess, code) != 0)
		fail_msg("%s is %s: %.300s", guess == NULL ? "NULL" : guess, code, text);
}

/* Long texts are looked at in places; the majority wins, whichever part stands first. */
static void
majority_wins(void **state)
{
	static const char *const others[] = {"de", "fr", "es", "nl", "pl", "ru", "ar"};
	static const size_t times[] = {1, 4, 30, 300};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof others / sizeof *others; i++) {
		for (j = 0; j < sizeof times / sizeof *times; j++) {
			const char *english = example_of("en"), *other = example_of(others[i]);
			char *mostly[] = {join(english, 4 * times[j], other, times[j]),
			    join(other, times[j], english, 4 * times[j]), join(english, times[j], other, 4 * times[j]),
			    join(other, 4 * times[j], english, times[j])};
			is_language(mostly[0], "en");
			is_language(mostly[1], "en");
			is_language(mostly[2], others[i]);
			is_language(mostly[3], others[i]);
			free(mostly[0]);
			free(mostly[1]);
			free(mostly[2]);
			free(mostly[3]);
		}
	}
}

/* Every length of a text, in memory of just that size, so that a sanitizer sees what is read past its end; a cut
 * character at the end included. A front of a text that ends with a word never is in another language. */
static void
every_length(void **state)
{
	static const char *const codes[] = {"en", "de", "vi", "ru", "hi", "ja"};
	size_t i, bytes;

	(void)state;
	for (i = 0; i < sizeof codes / sizeof *codes; i++) {
		char *whole = join(example_of(codes[i]), 5, "", 0);
		size_t all = strlen(whole);
		for (bytes = 0; bytes <= all; bytes++) {
			char *front = malloc(bytes + (bytes == 0));
			const char *code;
			assert_non_null(front);
			memcpy(front, whole, bytes);
			code = language_guess((struct news_text){front, bytes});
			if (code != NULL && whole[bytes] == ' ')
				assert_string_equal(code, codes[i]);
			free(front);
		}
		free(whole);
	}
}

/* Any bytes at all. */
static void
any_bytes(void **state)
{
	uint32_t random = 1;
	size_t round, i;

	(void)state;
	for (round = 0; round < 3000; round++) {
		size_t bytes = round * 3;
		char *text = malloc(bytes + (bytes == 0));
		const char *code;
		assert_non_null(text);
		for (i = 0; i < bytes; i++) {
			random = random * 1664525 + 1013904223;
			text[i] = (char)(random >> 24);
			if (round % 3 == 1)
				text[i] = (char)(0xC0 | text[i]);
			else if (round % 3 == 2)
				text[i] = "the of de la \xC3\xA9\xE4\xBD"[random >> 28];
		}
		code = language_guess((struct news_text){text, bytes});
		if (code != NULL)
			assert_true(language_known(code));
		free(text);
	}
}

/* What sources call a language, and its code. */
struct tag {
	const char *code, *tag;
};

static const struct tag tags[] = {
    {"en", "en"},
    {"en", "EN"},
    {"en", "en-US"},
    {"en", "en_US.UTF-8"},
    {"en", "eng"},
    {"en", "English"},
    {"en", " english\n"},
    {"en", "English (United States)"},
    {"en", "en, fr"},
    {"en", "en-US,en;q=0.9"},
    {"de", "ger"},
    {"de", "deu"},
    {"de", "Deutsch"},
    {"fr",
	"Fran\xC3\xA7"
	"ais"},
    {"fr",
	"FRAN\xC3\x87"
	"AIS"},
    {"fr", "francais"},
    {"pt", "pt-BR"},
    {"pt", "Brazilian Portuguese"},
    {"zh", "zh-Hant-TW"},
    {"zh", "\xE4\xB8\xAD\xE6\x96\x87"},
    {"he", "iw"},
    {"id", "in"},
    {"nb", "nb-NO"},
    {"no", "nor"},
    {"tl", "fil"},
    {"gd", "Scottish Gaelic"},
    {"ru", "\xD0\xA0\xD0\xA3\xD0\xA1\xD0\xA1\xD0\x9A\xD0\x98\xD0\x99"},
    {NULL, ""},
    {NULL, " "},
    {NULL, "-"},
    {NULL, "und"},
    {NULL, "mul"},
    {NULL, "zxx"},
    {NULL, "e"},
    {NULL, "xx"},
    {NULL, "engl"},
    {NULL, "as published"},
    {NULL, "Old English"},
    {NULL, "\xFF\xFE"},
    {NULL, "a very long description of what language this document might be in, if anybody should ever know"},
};

static void
reads_tags(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof tags / sizeof *tags; i++) {
		const char *code = language_of_tag(text_of(tags[i].tag));
		if (tags[i].code == NULL)
			assert_null(code);
		else if (code == NULL)
			fail_msg("'%s' is unknown", tags[i].tag);
		else
			assert_string_equal(code, tags[i].code);
	}
}

static void
knows_codes(void **state)
{
	char code[3] = "aa";
	unsigned known = 0;

	(void)state;
	for (code[0] = 'a'; code[0] <= 'z'; code[0]++)
		for (code[1] = 'a'; code[1] <= 'z'; code[1]++)
			known += language_known(code);
	assert_int_equal(known, 183);
	assert_true(language_known("en"));
	assert_true(language_known("aa"));
	assert_true(language_known("zu"));
	assert_false(language_known("EN"));
	assert_false(language_known("eng"));
	assert_false(language_known("e"));
	assert_false(language_known(""));
	assert_false(language_known("xx"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(knows_languages),
	    cmocka_unit_test(knows_cases),
	    cmocka_unit_test(majority_wins),
	    cmocka_unit_test(every_length),
	    cmocka_unit_test(any_bytes),
	    cmocka_unit_test(reads_tags),
	    cmocka_unit_test(knows_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
