/* What a person may be in a unit. The lowest header of the modules, so that unit and audit can guard their pages. */
#pragma once

/* Access bits as platform/web/web.h wants them; each post of a person carries one. */
enum {
    ROLE_ADMIN = 4,        /* quản trị */
    ROLE_LEADER = 8,       /* lãnh đạo */
    ROLE_COORDINATOR = 16, /* đầu mối */
    ROLE_EDITOR = 32,      /* biên tập */
    ROLE_STAFF = 64,       /* cán bộ */
};
