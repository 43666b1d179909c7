// Wide vector loops that Swift cannot dispatch at run time.
#ifndef ZINSPECT_KERNELS_H
#define ZINSPECT_KERNELS_H

#include "blake3.h"
#include "fletcher.h"

#endif
