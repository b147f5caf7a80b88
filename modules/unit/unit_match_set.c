/* Phrases that mean many units: "các khoa, phòng", "các đơn vị thuộc, trực thuộc". */
#include "modules/unit/unit_match.h"
#include <string.h>

static const struct set_word {
    const char *words;
    int meaning;
    const char *kind;
} set_words[] = {
    { "cac", WORD_MANY, NULL },
    { "tat ca", WORD_MANY, NULL },
    { "toan the", WORD_MANY, NULL },
    { "toan bo", WORD_MANY, NULL },
    { "moi", WORD_MANY | WORD_FIRST, NULL },
    { "tung", WORD_MANY | WORD_FIRST, NULL },
    { "nhung", WORD_MANY, NULL },
    { "truong", WORD_FILL, NULL },
    { "thu truong", WORD_FILL, NULL },
    { "phu trach", WORD_FILL, NULL },
    { "dia phuong", WORD_VAGUE, NULL },
    { "tren dia ban", WORD_OWNER, NULL },
    { "lanh dao", WORD_FILL, NULL },
    { "va", WORD_FILL, NULL },
    { "chuc nang", WORD_FILL, NULL },
    { "chuyen mon", WORD_FILL, NULL },
    { "nghiep vu", WORD_FILL, NULL },
    { "truc thuoc", WORD_OUTER, NULL },
    { "thuoc", WORD_INNER, NULL },
    { "co lien quan", WORD_VAGUE, NULL },
    { "lien quan", WORD_VAGUE, NULL },
    { "trong trung tam", WORD_OWNER, NULL },
    { "trong don vi", WORD_OWNER, NULL },
    { "trong toan", WORD_OWNER, NULL },
    { "toan trung tam", WORD_OWNER, NULL },
    { "cua", WORD_OWNER, NULL },
    { "co quan", WORD_ALL | WORD_KIND, NULL },
    { "co so y te", WORD_ALL | WORD_KIND, NULL },
    { "co", WORD_VAGUE | WORD_OWNER, NULL }, /* "các bộ phận có thực hiện …" */
    { "don vi y te", WORD_ALL | WORD_KIND, NULL },
    { "don vi", WORD_ALL | WORD_KIND, NULL },
    { "bo phan", WORD_ALL | WORD_KIND, NULL },
    { "diem tram", WORD_KIND, "diem_tram" },
    { "tram y te xa phuong dac khu", WORD_KIND, "tram" },
    { "tram y te xa phuong", WORD_KIND, "tram" },
    { "tram y te xa", WORD_KIND, "tram" },
    { "tram y te", WORD_KIND, "tram" },
    { "tram", WORD_KIND, "tram" },
    { "tyt", WORD_KIND, "tram" },
    { "xa", WORD_FILL, NULL },
    { "phong kham da khoa khu vuc", WORD_KIND, "phong_kham" },
    { "phong kham", WORD_KIND, "phong_kham" },
    { "van phong", WORD_KIND, "van_phong" },
    { "phong ban", WORD_KIND, "phong" },
    { "phong", WORD_KIND, "phong" },
    { "khoa", WORD_KIND, "khoa" },
    { "to", WORD_KIND, "to" },
    { "trung tam y te", WORD_KIND, "trung_tam" },
    { "ttyt", WORD_KIND, "trung_tam" },
    { "trung tam", WORD_KIND, "trung_tam" },
    { "benh vien", WORD_KIND, "benh_vien" },
    { "chi cuc", WORD_KIND, "chi_cuc" },
};

static const struct set_word *next_set_word(const char **at)
{
    for (size_t i = 0; i < sizeof set_words / sizeof set_words[0]; i++) {
        const char *rest = match_after_words(*at, set_words[i].words);
        if (rest != NULL) {
            *at = rest;
            return &set_words[i];
        }
    }
    return NULL;
}

bool match_read_set(const char *key, struct set *set)
{
    *set = (struct set){ 0 };
    for (const char *at = key; *at != '\0';) {
        bool owned = (set->meaning & (WORD_INNER | WORD_OUTER)) != 0;
        const struct set_word *word = next_set_word(&at);
        if (owned && (word == NULL || (word->meaning & (WORD_KIND | WORD_ALL)) != 0)) {
            if ((set->meaning & WORD_OUTER) == 0)
                set->meaning &= ~WORD_INNER; /* "thuộc Trung tâm Y tế …" says whose they are, not that they are inner */
            break;
        }
        if (word == NULL || ((word->meaning & WORD_FIRST) != 0 && set->nouns > 0)) /* "Phòng Mới" is no "mọi phòng" */
            return false;
        set->meaning |= word->meaning;
        if (word->meaning & WORD_OWNER)
            break;
        set->nouns += (word->meaning & WORD_KIND) != 0;
        if (word->kind != NULL && set->kind_count < 8)
            set->kinds[set->kind_count++] = word->kind;
    }
    /* "khoa" alone or "Trung tâm" is no set; "khoa, phòng, trạm" is one even without "các". */
    return set->nouns > 0 && ((set->meaning & WORD_MANY) != 0 || set->nouns > 1);
}

bool match_in_set(const struct set *set, const struct candidate *k)
{
    if (k->old || k->closed || k->place == 0 || k->place >= PLACE_ABOVE)
        return false;
    const struct unit_kind *kind = unit_kind_find(k->kind);
    bool inner = kind != NULL && kind->inner;
    for (int i = 0; i < set->kind_count; i++)
        if (strcmp(set->kinds[i], k->kind) == 0)
            return inner ? k->place == 1 : true;
    if ((set->meaning & WORD_ALL) == 0 || k->place != 1)
        return false;
    bool said_inner = (set->meaning & WORD_INNER) != 0, said_outer = (set->meaning & WORD_OUTER) != 0;
    return said_inner == said_outer || (inner ? said_inner : said_outer);
}
