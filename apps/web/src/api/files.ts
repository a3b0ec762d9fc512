import { noInput, upload, uploadPath, uploadRequest } from '@parley/contract';
import { endpoint } from './endpoint.js';

const UPLOAD = '/api/v1/uploads/:id';

/** Files on their way to the server; their bytes are sent by `sendPiece`. */
export const filesApi = {
  begin: endpoint({
    ...{ method: 'POST', path: '/api/v1/channels/:channel_id/uploads', input: uploadRequest, output: upload },
  }),
  state: endpoint({ method: 'GET', path: UPLOAD, input: uploadPath, output: upload }),
  cancel: endpoint({ method: 'DELETE', path: UPLOAD, input: uploadPath, output: noInput }),
};
