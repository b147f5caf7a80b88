/* What the leak checker of the sanitised build must not report. */
const char *__lsan_default_suppressions(void);

/* fontconfig keeps patterns of a font map for the life of the process. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
