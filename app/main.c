/* The program's entry: finds the command, gives it its context, turns its outcome into an exit code. */
#include "app/app.h"
#include <stdio.h>

int main(void)
{
    puts("Sáu Rõ");
    return 0;
}
